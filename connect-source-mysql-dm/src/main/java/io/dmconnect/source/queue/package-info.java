/** The hand-over of records from the reading threads to Connect's task thread. */
package io.dmconnect.source.queue;
