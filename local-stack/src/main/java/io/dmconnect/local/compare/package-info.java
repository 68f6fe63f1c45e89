/** Compares tables of two servers by what a client sees, for the demo, the benchmark and tests. */
package io.dmconnect.local.compare;
