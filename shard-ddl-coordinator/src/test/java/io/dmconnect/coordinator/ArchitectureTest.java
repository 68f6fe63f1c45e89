package io.dmconnect.coordinator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static JavaClasses coordinator;

  @BeforeAll
  static void readClasses() {
    coordinator =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.dmconnect.coordinator");
  }

  @Test
  void knowsNothingOfTheConnectors() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.dmconnect.source..", "io.dmconnect.sink..")
        .check(coordinator);
  }

  @Test
  void needsTheLocalStackForCommandsOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.dmconnect.coordinator.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.dmconnect.local..")
        .check(coordinator);
  }

  @Test
  void decidesWithoutTheNetwork() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.dmconnect.coordinator.api..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..")
        .check(coordinator);
  }

  @Test
  void hasNoCyclesOfPackages() {
    slices()
        .matching("io.dmconnect.coordinator.(*)..")
        .should()
        .beFreeOfCycles()
        .check(coordinator);
  }
}
