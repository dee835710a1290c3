package org.qsmnode.series.find;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qsmnode.series.header.Component;
import org.qsmnode.series.header.IndexedInstance;
import org.qsmnode.series.header.InstanceReader;
import org.qsmnode.series.header.OwnIdentity;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.Scanner;
import org.qsmnode.series.header.Vendor;
import org.qsmnode.volume.Vector3;

class RefusalsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SWI",
        "MNIP",
        "MINIP",
        "MIN IP",
        "MIP",
        "PROJECTION IMAGE",
        "FIL",
        "MOSAIC",
        "ADC",
        "TRACEW",
        "FA",
        "MPR",
        "CSAPARALLEL",
        "T2_STAR MAP",
        "R2STAR",
        "R2_STAR",
        "QSM",
        "DIFFUSION",
        "PERFUSION",
        "POSDISP"
      })
  void computedImagesAreIgnored(String token) {
    List<Acquisition> found =
        Headers.recognise(
            Headers.stack(
                List.of(Component.MAGNITUDE),
                (a, c, e, s) -> Headers.imageType(a, "DERIVED", "PRIMARY", "M", token)));
    assertEquals(
        List.of(ReasonCode.NO_MULTI_ECHO_GRE, ReasonCode.DERIVED_IMAGE),
        found.stream().map(a -> a.reason().orElseThrow().code()).toList());
  }

  @Test
  void computedSiblingsDoNotDisturbAnAcquisition() {
    List<Attributes> images = Headers.stack();
    images.addAll(
        Headers.stack(
            List.of(Component.MAGNITUDE),
            (a, c, e, s) -> {
              a.setString(Tag.SOPInstanceUID, VR.UI, a.getString(Tag.SOPInstanceUID) + ".2");
              Headers.imageType(a, "DERIVED", "PRIMARY", "M", "SWI");
            }));
    assertEquals(Outcome.ACCEPTED, Headers.verdict(images).outcome());
  }

  @Test
  void derivedIsAcceptedOnlyWithAStrongSource() {
    List<Attributes> weak =
        Headers.stack(
            (a, c, e, s) ->
                Headers.imageType(a, "DERIVED", "PRIMARY", c == Component.PHASE ? "P" : "M"));
    assertEquals(code(ReasonCode.NO_MULTI_ECHO_GRE), code(Headers.verdict(weak)));
    List<Attributes> strong =
        Headers.stack(
            (a, c, e, s) -> {
              Headers.imageType(a, "DERIVED", "PRIMARY", "OTHER");
              a.setString(Tag.ComplexImageComponent, VR.CS, c.name());
            });
    assertEquals(Outcome.ACCEPTED, Headers.verdict(strong).outcome());
  }

  @Test
  void ownResultsAreIgnoredBeforeAnythingElse() {
    List<Attributes> images =
        Headers.stack(
            (a, c, e, s) -> {
              a.setString(Tag.Manufacturer, VR.LO, OwnIdentity.MANUFACTURER);
              a.setString(Tag.LossyImageCompression, VR.CS, "01");
            });
    List<Acquisition> found = Headers.recognise(images);
    assertTrue(found.stream().allMatch(a -> a.outcome() == Outcome.IGNORED), found.toString());
    assertEquals(ReasonCode.OWN_RESULT, found.get(0).reason().orElseThrow().code());
  }

  @Test
  void otherKindsOfObjectsAndSequencesAreIgnoredAndTheStudyRefusedOnce() {
    Attributes secondary = Headers.classic("1.1", 1, 1, 5, 0);
    secondary.setString(Tag.SOPClassUID, VR.UI, UID.SecondaryCaptureImageStorage);
    Attributes spinEcho = Headers.classic("1.2", 2, 1, 5, 0);
    spinEcho.setString(Tag.ScanningSequence, VR.CS, "SE");
    Attributes planar = Headers.classic("1.3", 3, 1, 5, 0);
    planar.setString(Tag.ScanningSequence, VR.CS, "EP", "GR");
    Attributes scout = Headers.classic("1.4", 4, 1, 5, 0);
    scout.setString(Tag.SequenceName, VR.SH, "*fl2d1");
    Attributes head = Headers.classic("1.5", 5, 1, 5, 0);
    head.setString(Tag.SeriesDescription, VR.LO, "AAHScout_32ch");
    List<Acquisition> found = Headers.recognise(List.of(secondary, spinEcho, planar, scout, head));
    assertEquals(
        List.of(
            ReasonCode.NO_MULTI_ECHO_GRE,
            ReasonCode.NOT_MR_IMAGE,
            ReasonCode.NOT_GRADIENT_ECHO,
            ReasonCode.NOT_GRADIENT_ECHO,
            ReasonCode.LOCALISER,
            ReasonCode.LOCALISER),
        found.stream().map(a -> a.reason().orElseThrow().code()).toList());
    assertEquals(5, found.get(0).sopInstanceUids().size());
  }

  @ParameterizedTest
  @CsvSource({"H15, true", "HC1, true", "HEA;HEP, false", "HC1-6, false", "HEA, false"})
  void imagesOfSingleElementsAreRefused(String coil, boolean refused) {
    Acquisition a =
        Headers.verdictOfFirst(
            Headers.stack(
                (x, c, e, s) -> x.setString("SIEMENS MR HEADER", 0x0051100F, VR.LO, coil)));
    assertEquals(
        refused ? Optional.of(ReasonCode.UNCOMBINED_COILS) : Optional.empty(),
        a.reason().map(Reason::code));
  }

  @Test
  void lossyOrUnknownTransferSyntaxesAreRefused() throws Exception {
    assertEquals(
        code(ReasonCode.LOSSY_COMPRESSION),
        code(
            Headers.verdict(
                Headers.stack(
                    (a, c, e, s) -> a.setString(Tag.LossyImageCompression, VR.CS, "01")))));
    assertEquals(ReasonCode.LOSSY_COMPRESSION, in(UID.JPEGBaseline8Bit));
    assertEquals(ReasonCode.UNSUPPORTED_TRANSFER_SYNTAX, in(UID.JPEG2000Lossless));
  }

  @Test
  void thinStacksAndShortTrainsAreRefusedWithTheirCounts() {
    List<Attributes> thin = Headers.stack();
    thin.removeIf(a -> a.getDoubles(Tag.ImagePositionPatient)[2] > 20);
    assertEquals(
        "There are 11 slices; the configured minimum is 16.",
        Headers.verdict(thin).reason().orElseThrow().sentence());
    List<Attributes> single = Headers.stack();
    single.removeIf(a -> a.getDouble(Tag.EchoTime, 0) > 5);
    assertEquals(code(ReasonCode.TOO_FEW_ECHOES), code(Headers.verdict(single)));
    List<Attributes> twoEchoes = Headers.stack();
    twoEchoes.removeIf(a -> a.getDouble(Tag.EchoTime, 0) > 10);
    Acquisition flagged = Headers.verdict(twoEchoes);
    assertEquals(Outcome.ACCEPTED, flagged.outcome());
    assertTrue(flagged.notes().get(0).startsWith("Short echo train"));
    Recognition strict = new Recognition(new RecognitionSettings(3, 16, List.of()));
    assertEquals(
        code(ReasonCode.TOO_FEW_ECHOES), code(strict.recognise(Headers.index(twoEchoes)).get(0)));
  }

  @Test
  void geometryThatIsNoStackIsRefused() {
    assertEquals(
        code(ReasonCode.IRREGULAR_GEOMETRY),
        code(
            Headers.verdict(
                Headers.stack(
                    (a, c, e, s) ->
                        a.setDouble(
                            Tag.ImagePositionPatient, VR.DS, -10, -20, 2.0 * s + 0.2 * (s % 2))))));
    assertEquals(
        code(ReasonCode.IRREGULAR_GEOMETRY),
        code(
            Headers.verdict(
                Headers.stack(
                    (a, c, e, s) ->
                        a.setDouble(
                            Tag.ImagePositionPatient, VR.DS, -10 + 0.1 * s, -20, 2.0 * s)))));
    assertEquals(
        code(ReasonCode.IRREGULAR_GEOMETRY),
        code(
            Headers.verdictOfFirst(
                Headers.stack((a, c, e, s) -> a.remove(Tag.ImageOrientationPatient)))));
  }

  @ParameterizedTest
  @CsvSource({"1e300, 4, 1", "0, 0, 1", "0, 4, 1e300", "0, 4, 0", "0, 65535, 1"})
  void absurdGeometryIsRefusedAndBreaksNothing(double x, int rows, double spacing) {
    Acquisition a =
        Headers.verdictOfFirst(
            Headers.stack(
                (image, c, e, s) -> {
                  image.setDouble(Tag.ImagePositionPatient, VR.DS, x, -20, 2.0 * s);
                  image.setInt(Tag.Rows, VR.US, rows);
                  image.setInt(Tag.Columns, VR.US, rows);
                  image.setDouble(Tag.PixelSpacing, VR.DS, spacing, spacing);
                }));
    assertEquals(code(ReasonCode.IRREGULAR_GEOMETRY), code(a));
  }

  @Test
  void twoDimensionalSlicesMustTouch() {
    assertEquals(
        code(ReasonCode.SLICE_GAPS),
        code(
            Headers.verdict(
                Headers.stack(
                    (a, c, e, s) -> {
                      a.setString(Tag.MRAcquisitionType, VR.CS, "2D");
                      a.setDouble(Tag.SliceThickness, VR.DS, 1.5);
                    }))));
  }

  @Test
  void interpolatedSlicesAreNoted() {
    Acquisition a =
        Headers.verdict(Headers.stack((x, c, e, s) -> x.setDouble(Tag.SliceThickness, VR.DS, 4)));
    assertTrue(a.notes().get(0).contains("ZIP"));
  }

  @Test
  void echoTimesMustBeKnown() {
    assertEquals(
        code(ReasonCode.ECHO_TIME_UNKNOWN),
        code(
            Headers.verdict(
                Headers.stack(
                    (a, c, echo, s) -> {
                      if (echo == 0) {
                        a.setDouble(Tag.EchoTime, VR.DS, 0);
                      }
                    }))));
    assertEquals(
        code(ReasonCode.ECHO_TIME_UNKNOWN),
        code(
            Headers.verdict(
                Headers.stack(
                    (a, c, e, s) -> {
                      a.setDouble(Tag.EchoTime, VR.DS, 5);
                      a.setInt(Tag.EchoTrainLength, VR.IS, 3);
                    }))));
  }

  @Test
  void aReadyFieldMapIsNotPhase() {
    assertEquals(
        code(ReasonCode.FIELD_MAP),
        code(
            Headers.verdict(
                Headers.stack(
                    (a, c, e, s) -> {
                      if (c == Component.PHASE) {
                        a.setString(Tag.RescaleType, VR.LO, "Hz");
                      }
                    }))));
  }

  @Test
  void contradictingSourcesAreRefused() {
    assertEquals(
        code(ReasonCode.AMBIGUOUS_COMPONENT),
        code(
            Headers.verdict(
                Headers.stack(
                    (a, c, e, s) -> {
                      a.setString(Tag.Manufacturer, VR.LO, "Philips");
                      a.setString(Tag.ComplexImageComponent, VR.CS, "REAL");
                    }))));
  }

  @Test
  void frequencyGivesTheFieldWhateverItsUnitAndTheNominalFieldIsSecond() {
    assertEquals(3, field(127.732435554, Double.NaN, "1H").getAsDouble(), 1e-9);
    assertEquals(3, field(127732435.554, 3, "1H").getAsDouble(), 1e-9);
    assertEquals(1.5, field(Double.NaN, 15000, "").getAsDouble(), 1e-9);
    assertTrue(field(Double.NaN, Double.NaN, "1H").isEmpty());
    assertTrue(field(32.6, 3, "23NA").isEmpty());
  }

  @Test
  void directionOfTheFieldFollowsMagnetAndPosition() {
    assertEquals(Optional.of(Vector3.Z), b0(Vendor.SIEMENS, "Prisma", "FFDL", 3));
    assertEquals(Optional.of(Vector3.Y), b0(Vendor.FUJIFILM, "AIRIS Vento", "HFS", 0.3));
    assertEquals(Optional.of(Vector3.X), b0(Vendor.FUJIFILM, "OASIS", "HFDL", 1.2));
    assertEquals(Optional.empty(), b0(Vendor.FUJIFILM, "OASIS", "", 1.2));
    assertEquals(Optional.of(Vector3.Z), b0(Vendor.FUJIFILM, "ECHELON", "HFS", 1.5));
    assertEquals(Optional.empty(), b0(Vendor.OTHER, "Swoop", "HFS", 0.064));
    SiteRule rule = new SiteRule("", "swoop", "", 0, Optional.of(Magnet.VERTICAL));
    assertEquals(
        Optional.of(Vector3.Y),
        Magnet.direction(
            scanner(Vendor.OTHER, "Swoop", "HFS", Double.NaN, 0.064, ""),
            0.064,
            new RecognitionSettings(2, 16, List.of(rule))));
  }

  @Test
  void signComesFromTheTableUnlessTheSiteKnowsBetter() {
    RecognitionSettings plain = RecognitionSettings.defaults();
    Scanner ge = scanner(Vendor.GE, "SIGNA", "HFS", 127, 3, "1H");
    assertEquals(new PhaseSign(-1, true), PhaseSign.of(ge, plain));
    Scanner canon = scanner(Vendor.CANON, "Galan", "HFS", 127, 3, "1H");
    assertEquals(new PhaseSign(1, false), PhaseSign.of(canon, plain));
    SiteRule rule = new SiteRule("GE", "signa", "", 1, Optional.empty());
    assertEquals(
        new PhaseSign(1, true), PhaseSign.of(ge, new RecognitionSettings(2, 16, List.of(rule))));
  }

  @Test
  void nothingTellsThePatient() {
    for (Attributes a : Headers.stack()) {
      assertFalse(Headers.index(a).toJson().contains("SENTINEL"));
    }
    assertFalse(Headers.recognise(Headers.stack()).toString().contains("SENTINEL"));
  }

  private static java.util.OptionalDouble field(double mhz, double nominal, String nucleus) {
    return FieldStrength.tesla(scanner(Vendor.OTHER, "", "", mhz, nominal, nucleus));
  }

  private static Optional<Vector3> b0(Vendor vendor, String model, String position, double tesla) {
    return Magnet.direction(
        scanner(vendor, model, position, Double.NaN, tesla, ""),
        tesla,
        RecognitionSettings.defaults());
  }

  private static Scanner scanner(
      Vendor vendor, String model, String position, double mhz, double tesla, String nucleus) {
    return new Scanner(vendor, model, "", position, mhz, tesla, nucleus);
  }

  private static ReasonCode in(String transferSyntax) throws Exception {
    List<IndexedInstance> instances = new java.util.ArrayList<>();
    for (Attributes a : Headers.stack()) {
      instances.add(InstanceReader.index(a, transferSyntax));
    }
    return new Recognition(RecognitionSettings.defaults())
        .recognise(instances)
        .get(0)
        .reason()
        .orElseThrow()
        .code();
  }

  private static Optional<ReasonCode> code(ReasonCode code) {
    return Optional.of(code);
  }

  private static Optional<ReasonCode> code(Acquisition acquisition) {
    return acquisition.reason().map(Reason::code);
  }
}
