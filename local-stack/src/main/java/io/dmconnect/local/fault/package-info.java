/** Faults of the network. */
package io.dmconnect.local.fault;
