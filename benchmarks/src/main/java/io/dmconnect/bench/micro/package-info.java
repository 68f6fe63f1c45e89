/** JMH benchmarks of the hot paths, on binlog events and rows recorded from a real MySQL. */
package io.dmconnect.bench.micro;
