/** The captured tables, their schemas over time, and how statements change them. */
package io.dmconnect.source.schema;
