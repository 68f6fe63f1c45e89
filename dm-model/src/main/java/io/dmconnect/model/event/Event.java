package io.dmconnect.model.event;

import java.util.Map;

/**
 * One record of a data topic, taken apart. Rows and blocks are structs or maps as the converter
 * delivered them.
 *
 * @param op what the record tells
 * @param before the row before; null for {@link Op#CREATE}, {@link Op#READ} and {@link Op#DDL}
 * @param after the row after; null for {@link Op#DELETE} and {@link Op#DDL}
 * @param exactBefore SQL literals that stand for cells of {@code before}, by column; never null
 * @param exactAfter SQL literals that stand for cells of {@code after}, by column; never null
 * @param safeMode whether the change may already be included in the snapshot
 * @param sourceMillis when the change was committed, milliseconds since the epoch; 0 when unknown
 * @param source the source block; see {@link RecordParts}
 * @param ddl the DDL block, for {@link DdlEventCodec#decode}; null on row records
 */
public record Event(
    Op op,
    Object before,
    Object after,
    Map<String, String> exactBefore,
    Map<String, String> exactAfter,
    boolean safeMode,
    long sourceMillis,
    Object source,
    Object ddl) {}
