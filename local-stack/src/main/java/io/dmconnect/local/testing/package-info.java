/** What test runs of other modules need of the stack. */
package io.dmconnect.local.testing;
