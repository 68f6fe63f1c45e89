/**
 * What runs inside the Avro converter's plugin, beside its jars; not on this module's class path.
 */
package io.dmconnect.local.avro;
