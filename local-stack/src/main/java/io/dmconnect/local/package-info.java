/** Real servers on this machine, started together for the tests, the demo and the benchmark. */
package io.dmconnect.local;
