/** Child processes that never outlive this JVM, and waiting. */
package io.dmconnect.local.process;
