/** The offsets the connector keeps in Connect, and their forms. */
package io.dmconnect.source.offset;
