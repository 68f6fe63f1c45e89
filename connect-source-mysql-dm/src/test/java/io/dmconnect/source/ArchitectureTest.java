package io.dmconnect.source;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static JavaClasses source;

  @BeforeAll
  static void readClasses() {
    source =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.dmconnect.source");
  }

  @Test
  void onlyOnePackageKnowsTheBinlogClient() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.dmconnect.source.binlog")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.github.shyiko..")
        .check(source);
  }

  @Test
  void usesNeitherTheWorkersInsidesNorTheSink() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka.connect.runtime..", "io.dmconnect.sink..")
        .check(source);
  }

  @Test
  void decodingKnowsNothingOfThePipeline() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.dmconnect.source.value", "io.dmconnect.source.rows", "io.dmconnect.source.record")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.dmconnect.source.stream",
            "io.dmconnect.source.snapshot",
            "io.dmconnect.source.engine",
            "io.dmconnect.source.config")
        .check(source);
  }
}
