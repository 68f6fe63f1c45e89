package io.dmconnect.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static JavaClasses model;

  @BeforeAll
  static void readClasses() {
    model =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.dmconnect.model");
  }

  @Test
  void dependsOnTheWorkersApiOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.dmconnect.model..",
            "java..",
            "org.apache.kafka.common.config..",
            "org.apache.kafka.connect.data..",
            "org.apache.kafka.connect.errors..",
            "com.fasterxml.jackson..",
            "org.apache.curator..",
            "org.apache.zookeeper..",
            "org.slf4j..")
        .check(model);
  }

  @Test
  void keepsZooKeeperWhereTheCoordinationTreeIs() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.dmconnect.model.coordination.zk..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.curator..", "org.apache.zookeeper..")
        .check(model);
  }

  @Test
  void keepsJsonWhereRecordsAreWrittenAsJson() {
    noClasses()
        .that()
        .doNotHaveSimpleName("TableSchemaJson")
        .and()
        .resideOutsideOfPackage("io.dmconnect.model.coordination..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson..")
        .check(model);
  }

  @Test
  void hasNoCyclesOfPackages() {
    slices().matching("io.dmconnect.model.(*)..").should().beFreeOfCycles().check(model);
  }
}
