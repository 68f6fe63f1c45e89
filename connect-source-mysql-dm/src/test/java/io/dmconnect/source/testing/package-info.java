/** What the tests drive the task with. */
package io.dmconnect.source.testing;
