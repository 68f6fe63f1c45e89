/** The servers, one class each. */
package io.dmconnect.local.server;
