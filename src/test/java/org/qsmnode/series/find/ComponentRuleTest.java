package org.qsmnode.series.find;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qsmnode.series.header.Component;
import org.qsmnode.series.header.FrameKind;
import org.qsmnode.series.header.ValueScale;
import org.qsmnode.series.header.Vendor;

class ComponentRuleTest {

  private static FrameKind kind(
      String complex, String imageType, String xaType, String philips, int ge) {
    return new FrameKind(
        complex,
        tokens(imageType),
        tokens(xaType),
        philips,
        ge,
        5,
        null,
        null,
        1,
        1,
        1,
        ValueScale.NONE,
        "",
        0);
  }

  private static List<String> tokens(String joined) {
    return joined.isEmpty() ? List.of() : List.of(joined.split("/", -1));
  }

  @ParameterizedTest
  @CsvSource({
    "ORIGINAL/PRIMARY/M/ND, MAGNITUDE",
    "ORIGINAL/PRIMARY/MAG, MAGNITUDE",
    "ORIGINAL/PRIMARY/MAGNITUDE, MAGNITUDE",
    "ORIGINAL/PRIMARY/M_FFE/M/FFE, MAGNITUDE",
    "ORIGINAL/PRIMARY/P/ND, PHASE",
    "ORIGINAL/PRIMARY/PHASE, PHASE",
    "ORIGINAL/PRIMARY/PHASE MAP/P/FFE, PHASE",
    "ORIGINAL/PRIMARY/R_FFE/R/FFE, REAL",
    "ORIGINAL/PRIMARY/IMAGINARY, IMAGINARY",
    "ORIGINAL/PRIMARY/I_FFE, IMAGINARY",
    "ORIGINAL/PRIMARY/M_SE/M/SE, AMBIGUOUS",
    "ORIGINAL/PRIMARY/M_PCA, OTHER",
    "ORIGINAL/PRIMARY/PHASE_IMAGE, PHASE",
    "ORIGINAL/PRIMARY/M/P, AMBIGUOUS",
    "ORIGINAL/PRIMARY/MAGIC, UNKNOWN",
    "M/P, UNKNOWN",
    "ORIGINAL/PRIMARY/OTHER, UNKNOWN"
  })
  void imageTypeIsReadAsWholeTokensFromTheThirdOn(String imageType, Component expected) {
    assertEquals(expected, ComponentRule.decide(Vendor.SIEMENS, kind("", imageType, "", "", -1)));
  }

  @ParameterizedTest
  @CsvSource({
    "SIEMENS, MAGNITUDE, ORIGINAL/PRIMARY/P, '', '', -1, MAGNITUDE",
    "SIEMENS, MIXED, ORIGINAL/PRIMARY/P, '', '', -1, PHASE",
    "SIEMENS, '', ORIGINAL/PRIMARY/NONE, ORIGINAL/PRIMARY/P/ND, '', -1, PHASE",
    "SIEMENS, MAGNITUDE, ORIGINAL/PRIMARY/M, ORIGINAL/PRIMARY/P/ND, '', -1, AMBIGUOUS",
    "PHILIPS, REAL, ORIGINAL/PRIMARY/T1/M, '', '', -1, AMBIGUOUS",
    "PHILIPS, PHASE, ORIGINAL/PRIMARY/T1/P, '', P, -1, PHASE",
    "PHILIPS, PHASE, ORIGINAL/PRIMARY/T1/NONE, '', M, -1, AMBIGUOUS",
    "PHILIPS, '', ORIGINAL/PRIMARY/T1/NONE, '', P, -1, PHASE",
    "PHILIPS, PHASE, ORIGINAL/PRIMARY/T1/NONE, '', XYZ, -1, PHASE",
    "GE, '', ORIGINAL/PRIMARY/OTHER, '', '', 0, MAGNITUDE",
    "GE, '', DERIVED/SECONDARY/OTHER, '', '', 1, PHASE",
    "GE, '', ORIGINAL/PRIMARY/M, '', '', 2, REAL",
    "GE, '', ORIGINAL/PRIMARY/OTHER, '', '', 3, IMAGINARY",
    "GE, '', ORIGINAL/PRIMARY/P, '', '', -1, UNKNOWN",
    "GE, '', ORIGINAL/PRIMARY/OTHER, '', '', 9, UNKNOWN",
    "SIEMENS, '', ORIGINAL/PRIMARY/M, '', '', 1, MAGNITUDE",
    "UIH, '', ORIGINAL/PRIMARY/OTHER, '', '', -1, MAGNITUDE",
    "UIH, '', ORIGINAL/PRIMARY/PHASE MAP, '', '', -1, PHASE",
    "CANON, '', ORIGINAL/PRIMARY/OTHER, '', '', -1, UNKNOWN",
    "BRUKER, '', ORIGINAL/PRIMARY/REAL_IMAGE, '', '', -1, REAL"
  })
  void strongSourcesComeFirstAndMustAgree(
      Vendor vendor,
      String complex,
      String imageType,
      String xaType,
      String philips,
      int ge,
      Component expected) {
    assertEquals(
        expected, ComponentRule.decide(vendor, kind(complex, imageType, xaType, philips, ge)));
  }
}
