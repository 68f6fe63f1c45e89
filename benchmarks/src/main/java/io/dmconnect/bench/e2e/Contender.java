package io.dmconnect.bench.e2e;

import io.dmconnect.local.LocalStack;
import io.dmconnect.local.artifact.ArtifactStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A pair of connectors that moves MySQL into TiDB through Kafka. */
interface Contender {
  /** The name in the report. */
  String title();

  /** What the worker needs in its plugin path: zips or folders. */
  List<Path> plugins(ArtifactStore store);

  /** What it needs beside Apicurio's Avro converter. */
  List<Path> converterJars();

  /**
   * The source connector for some tables, at its best settings.
   *
   * @param name the connector's name, also the topic prefix
   */
  Map<String, String> source(LocalStack stack, String name, List<String> tables);

  /**
   * The sink connector for the topics of that source, at its best settings for this workload.
   *
   * @param mixed whether rows are updated and deleted, too, in small transactions
   * @param tasks how many tasks share the topics
   */
  Map<String, String> sink(LocalStack stack, String source, boolean mixed, int tasks);

  /**
   * With how many sink tasks small transactions on {@code tables} tables are measured, one after
   * the other: more than one number where it depends on the machine which of them is faster.
   */
  List<Integer> hotTasks(int tables);
}
