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

/**
 * Packages use lower tiers only, so do the rooms of a package that has some, and each outside
 * library enters at its one door.
 */
class LayeringTest {

  private static final List<List<String>> TIERS =
      List.of(
          List.of("volume", "digest"),
          List.of("numeric", "series", "picture"),
          List.of("field", "network", "derive"),
          List.of("inversion", "simulate"),
          List.of("pipeline", "evaluate", "train", "store"),
          List.of("camel", "web"),
          List.of("route"),
          List.of("app"));

  /** The rooms of a package by tier, from the lowest; the empty name is the package itself. */
  private static final Map<String, List<List<String>>> ROOMS =
      Map.of(
          "field",
          List.of(
              List.of("data"), List.of("mask", "phase", "fit", "background", "check"), List.of("")),
          "inversion",
          List.of(
              List.of("data"),
              List.of("error"),
              List.of(""),
              List.of("classic"),
              List.of("pdi"),
              List.of("adapt")),
          "series",
          List.of(List.of("header"), List.of("find"), List.of("pixels"), List.of("")),
          "simulate",
          List.of(List.of("head"), List.of("signal"), List.of("dicom", "cases"), List.of("")));

  /** Outside package to the product packages that may use it. */
  private static final Map<String, List<String>> DOORS =
      Map.of(
          "org.jtransforms..", List.of("numeric"),
          "org.nd4j..", List.of("network"),
          "org.bytedeco..", List.of("network"),
          "org.dcm4che3.net..", List.of("camel", "app"),
          "java.sql..", List.of("store", "app"),
          "com.zaxxer..", List.of("store"),
          "org.flywaydb..", List.of("store"),
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
    return lowerTiersOnly(
        TIERS.stream()
            .map(tier -> tier.stream().map(name -> "org.qsmnode." + name + "..").toList())
            .toList());
  }

  @TestFactory
  List<DynamicTest> aRoomUsesLowerRoomsOfItsPackageOnly() {
    return ROOMS.entrySet().stream()
        .flatMap(
            rooms ->
                lowerTiersOnly(
                    rooms.getValue().stream()
                        .map(tier -> tier.stream().map(r -> room(rooms.getKey(), r)).toList())
                        .toList())
                    .stream())
        .toList();
  }

  /** One test for each package pattern: nothing of its tier or above is used by it. */
  private static List<DynamicTest> lowerTiersOnly(List<List<String>> tiers) {
    List<DynamicTest> tests = new ArrayList<>();
    for (int tier = 0; tier < tiers.size(); tier++) {
      for (String name : tiers.get(tier)) {
        String[] above =
            tiers.subList(tier, tiers.size()).stream()
                .flatMap(List::stream)
                .filter(peer -> !peer.equals(name))
                .toArray(String[]::new);
        if (above.length > 0) {
          tests.add(
              DynamicTest.dynamicTest(
                  name,
                  () ->
                      noClasses()
                          .that()
                          .resideInAPackage(name)
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

  private static String room(String owner, String name) {
    return "org.qsmnode." + owner + (name.isEmpty() ? "" : "." + name);
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
  void roomsFormNoCycle() {
    slices().matching("org.qsmnode.(**)").should().beFreeOfCycles().check(product);
  }

  @Test
  void everyPackageHasATier() {
    noClasses()
        .should()
        .resideOutsideOfPackages(
            TIERS.stream()
                .flatMap(List::stream)
                .flatMap(
                    name ->
                        ROOMS.getOrDefault(name, List.of(List.of(""))).stream()
                            .flatMap(List::stream)
                            .map(room -> room(name, room)))
                .toArray(String[]::new))
        .check(product);
  }
}
