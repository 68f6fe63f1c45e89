package io.dmconnect.model.ddl;

import io.dmconnect.model.TableId;

/**
 * A table's name in a statement's text.
 *
 * @param id the name, qualified; the table part is empty where the text names a schema
 * @param start offset of its first character, the schema part included
 * @param end offset behind its last character
 */
record NameRef(TableId id, int start, int end) {}
