package org.qsmnode.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Packages use lower tiers only, and each outside library enters at its one door. */
class LayeringTest {

  private static final List<List<String>> TIERS =
      List.of(
          List.of("volume"),
          List.of("numeric", "series"),
          List.of("field", "network", "derive"),
          List.of("inversion", "simulate"),
          List.of("pipeline", "evaluate", "train", "store"),
          List.of("camel", "web"),
          List.of("route"),
          List.of("app"));

  /** Outside package to the product packages that may use it. */
  private static final Map<String, List<String>> DOORS =
      Map.of(
          "org.jtransforms..", List.of("numeric"),
          "org.nd4j..", List.of("network"),
          "org.bytedeco..", List.of("network"),
          "org.dcm4che3.net..", List.of("camel", "app"),
          "java.sql..", List.of("store", "app"),
          "com.zaxxer..", List.of("store", "app"),
          "org.flywaydb..", List.of("store", "app"),
          "org.apache.camel..", List.of("camel", "web", "route", "app"),
          "picocli..", List.of("app"),
          "org.apache.activemq..", List.of("app"));

  private static JavaClasses product;

  @BeforeAll
  static void readClasses() {
    product =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.qsmnode");
  }

  @TestFactory
  List<DynamicTest> aPackageUsesLowerTiersOnly() {
    List<DynamicTest> tests = new ArrayList<>();
    for (int tier = 0; tier < TIERS.size(); tier++) {
      for (String name : TIERS.get(tier)) {
        String[] above =
            TIERS.subList(tier, TIERS.size()).stream()
                .flatMap(List::stream)
                .filter(peer -> !peer.equals(name))
                .map(peer -> "org.qsmnode." + peer + "..")
                .toArray(String[]::new);
        if (above.length > 0) {
          tests.add(
              DynamicTest.dynamicTest(
                  name,
                  () ->
                      noClasses()
                          .that()
                          .resideInAPackage("org.qsmnode." + name + "..")
                          .should()
                          .dependOnClassesThat()
                          .resideInAnyPackage(above)
                          .allowEmptyShould(true)
                          .check(product)));
        }
      }
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> anOutsideLibraryEntersAtItsDoorOnly() {
    return DOORS.entrySet().stream()
        .map(
            door ->
                DynamicTest.dynamicTest(
                    door.getKey(),
                    () ->
                        noClasses()
                            .that()
                            .resideOutsideOfPackages(
                                door.getValue().stream()
                                    .map(name -> "org.qsmnode." + name + "..")
                                    .toArray(String[]::new))
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage(door.getKey())
                            .allowEmptyShould(true)
                            .check(product)))
        .toList();
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("org.qsmnode.(*)..").should().beFreeOfCycles().check(product);
  }

  @Test
  void everyPackageHasATier() {
    noClasses()
        .should()
        .resideOutsideOfPackages(
            TIERS.stream()
                .flatMap(List::stream)
                .map(name -> "org.qsmnode." + name)
                .toArray(String[]::new))
        .check(product);
  }
}
