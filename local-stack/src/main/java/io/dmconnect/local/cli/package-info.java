/** The commands of {@code ./dm}. */
package io.dmconnect.local.cli;
