package io.dmconnect.sink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static JavaClasses sink;

  @BeforeAll
  static void readClasses() {
    sink =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.dmconnect.sink");
  }

  @Test
  void usesNeitherTheWorkersInsidesNorTheSource() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka.connect.runtime..", "io.dmconnect.source..")
        .check(sink);
  }

  @Test
  void whatARowBecomesIsWorkedOutWithoutTheEngineAndTheTarget() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.dmconnect.sink.row",
            "io.dmconnect.sink.literal",
            "io.dmconnect.sink.merge",
            "io.dmconnect.sink.sql")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.dmconnect.sink.engine",
            "io.dmconnect.sink.ddl",
            "io.dmconnect.sink.shard",
            "io.dmconnect.sink.write",
            "io.dmconnect.sink.progress",
            "java.sql")
        .check(sink);
  }

  @Test
  void schemaChangesOfMergedTablesPassByAGateOnly() {
    noClasses()
        .that()
        .resideInAPackage("io.dmconnect.sink.ddl")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.dmconnect.sink.shard")
        .check(sink);
  }
}
