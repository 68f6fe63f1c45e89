/**
 * An Avro converter for Connect: Apicurio's, with a direct way between structs and bytes. Start at
 * {@link io.dmconnect.avro.FastAvroConverter}.
 */
package io.dmconnect.avro;
