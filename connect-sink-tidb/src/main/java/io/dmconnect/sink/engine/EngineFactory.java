package io.dmconnect.sink.engine;

import io.dmconnect.model.route.Router;
import io.dmconnect.model.schema.TableSchema;
import io.dmconnect.sink.progress.ProgressStore;
import io.dmconnect.sink.target.TargetCatalog;
import io.dmconnect.sink.write.BatchTarget;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.sink.ErrantRecordReporter;

/** Puts an engine together. */
public final class EngineFactory {
  private final EngineSettings settings;
  private final ErrantRecordReporter reporter;
  private final PartitionListener listener;

  /**
   * A factory.
   *
   * @param reporter takes records that are at fault; may be null
   * @param listener is told what the engine reads
   */
  public EngineFactory(
      EngineSettings settings, ErrantRecordReporter reporter, PartitionListener listener) {
    this.settings = settings;
    this.reporter = reporter;
    this.listener = listener;
  }

  /**
   * A running engine.
   *
   * @param sourceSchemas the upstream definition of a topic's partition; gives null when unknown
   * @param passedOver columns without a place
   * @param targets a target for each writer
   */
  public SinkEngine create(
      Router router,
      TargetCatalog catalog,
      BiFunction<String, Integer, TableSchema> sourceSchemas,
      PassedOverColumns passedOver,
      ProgressStore store,
      IntFunction<BatchTarget> targets,
      DdlRunner ddl,
      TaskControl control,
      ThreadFactory threads) {
    EventDecoder decoder =
        new EventDecoder(router, catalog, sourceSchemas::apply, passedOver, settings.writers());
    return create(decoder, store, targets, ddl, control, threads, System::nanoTime);
  }

  SinkEngine create(
      RecordDecoder decoder,
      ProgressStore store,
      IntFunction<BatchTarget> targets,
      DdlRunner ddl,
      TaskControl control,
      ThreadFactory threads,
      LongSupplier nanoClock) {
    RecordErrors errors = new RecordErrors(reporter, settings.isolateTable());
    WriterPool writers = new WriterPool(settings, threads, targets, errors, new WriteMetrics());
    Dispatcher dispatcher = new Dispatcher(settings, decoder, store, writers, errors, listener);
    Barriers barriers = new Barriers(store, ddl, dispatcher, errors, control);
    return new SinkEngine(
        settings, store, control, writers, dispatcher, barriers, nanoClock, listener);
  }
}
