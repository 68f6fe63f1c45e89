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

  /** The sink connector for the topics of that source, at its best settings for this workload. */
  Map<String, String> sink(LocalStack stack, String source, List<String> tables, boolean mixed);
}
