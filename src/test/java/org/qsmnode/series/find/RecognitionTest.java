package org.qsmnode.series.find;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.Test;
import org.qsmnode.series.header.Component;
import org.qsmnode.series.header.ReasonCode;

class RecognitionTest {

  private static final int CORONAL_SERIES = 20;

  @Test
  void magnitudeAndPhaseInTwoSeriesAreOneAcquisition() {
    Acquisition a = Headers.verdict(Headers.stack());
    assertEquals(Outcome.ACCEPTED, a.outcome(), a.toString());
    assertEquals(3, a.echoes());
    assertEquals(16, a.slices());
    assertEquals(96, a.sopInstanceUids().size());
    assertEquals(2, a.seriesInstanceUids().size());
    assertTrue(a.notes().isEmpty(), a.notes().toString());
    assertTrue(a.id().matches("a-[0-9a-f]{16}"), a.id());
  }

  @Test
  void magnitudeAndPhaseInOneSeriesAreOneAcquisition() {
    List<Attributes> images = Headers.stack(RecognitionTest::sameSeries);
    assertEquals(Outcome.ACCEPTED, Headers.verdict(images).outcome());
  }

  @Test
  void oneSeriesPerEchoAndComponentIsOneAcquisition() {
    List<Attributes> images =
        Headers.stack(
            (a, component, echo, slice) -> {
              int series = 10 * (echo + 1) + component.ordinal();
              a.setInt(Tag.SeriesNumber, VR.IS, series);
              a.setString(Tag.SeriesInstanceUID, VR.UI, Headers.STUDY + "." + series);
            });
    Acquisition a = Headers.verdict(images);
    assertEquals(Outcome.ACCEPTED, a.outcome());
    assertEquals(6, a.seriesInstanceUids().size());
  }

  @Test
  void oneEnhancedObjectIsOneAcquisition() {
    Attributes object = Headers.enhanced("1.2.3.4", 8, Headers.allFrames());
    Acquisition a = Headers.verdict(List.of(object));
    assertEquals(Outcome.ACCEPTED, a.outcome(), a.toString());
    assertEquals(3, a.echoes());
    assertEquals(16, a.slices());
  }

  @Test
  void oneEnhancedObjectPerEchoAndComponentIsOneAcquisition() {
    List<Attributes> objects = new ArrayList<>();
    for (int part = 0; part < 6; part++) {
      List<Headers.Frame> frames = Headers.allFrames().subList(16 * part, 16 * part + 16);
      objects.add(Headers.enhanced("1.2.3.4." + part, 8 + part / 3, frames));
    }
    Acquisition a = Headers.verdict(objects);
    assertEquals(Outcome.ACCEPTED, a.outcome(), a.toString());
    assertEquals(6, a.sopInstanceUids().size());
  }

  @Test
  void legacyConvertedObjectsKeepTheirValuesOutsideTheFunctionalGroups() {
    Attributes object = Headers.enhanced("1.2.3.4", 8, Headers.allFrames());
    object.setString(Tag.SOPClassUID, VR.UI, UID.LegacyConvertedEnhancedMRImageStorage);
    for (int frame = 0; frame < Headers.allFrames().size(); frame++) {
      Attributes item = object.getSequence(Tag.PerFrameFunctionalGroupsSequence).get(frame);
      double te = Headers.allFrames().get(frame).teMs();
      item.remove(Tag.MREchoSequence);
      Headers.group(
          item,
          Tag.UnassignedPerFrameConvertedAttributesSequence,
          g -> g.setDouble(Tag.EchoTime, VR.DS, te));
    }
    assertEquals(Outcome.ACCEPTED, Headers.verdict(List.of(object)).outcome());
  }

  @Test
  void realAndImaginaryArePreferredOverPhase() {
    List<Component> all =
        List.of(Component.MAGNITUDE, Component.PHASE, Component.REAL, Component.IMAGINARY);
    Acquisition a = Headers.verdict(Headers.stack(all, (x, component, echo, slice) -> {}));
    assertEquals(Encoding.REAL_IMAGINARY, a.plan().orElseThrow().encoding());
  }

  @Test
  void incompleteRealPartLeavesPhase() {
    List<Component> all =
        List.of(Component.MAGNITUDE, Component.PHASE, Component.REAL, Component.IMAGINARY);
    List<Attributes> images = Headers.stack(all, (x, component, echo, slice) -> {});
    images.removeIf(a -> a.getString(Tag.SOPInstanceUID, "").equals(Headers.STUDY + ".8.3"));
    Acquisition a = Headers.verdict(images);
    assertEquals(Encoding.MAGNITUDE_PHASE, a.plan().orElseThrow().encoding());
  }

  @Test
  void geInterleavedPartsWithoutImageTypesAreToldApart() {
    Acquisition a = Headers.verdict(geInterleaved(true));
    assertEquals(Outcome.ACCEPTED, a.outcome(), a.toString());
    assertEquals(Encoding.REAL_IMAGINARY, a.plan().orElseThrow().encoding());
    assertFalse(a.plan().orElseThrow().componentsGuessed());
    assertTrue(a.countReached());
  }

  @Test
  void geWithoutPrivateDataIsGuessedByTurnsAndMarkedAsGuess() {
    Acquisition a = Headers.verdict(geInterleaved(false));
    assertEquals(Outcome.ACCEPTED, a.outcome(), a.toString());
    assertTrue(a.plan().orElseThrow().componentsGuessed());
  }

  @Test
  void repetitionsByAcquisitionNumberAreSeparateAcquisitions() {
    List<Attributes> images = Headers.stack();
    images.addAll(
        Headers.stack(
            (a, component, echo, slice) -> {
              a.setString(Tag.SOPInstanceUID, VR.UI, a.getString(Tag.SOPInstanceUID) + ".2");
              a.setInt(Tag.AcquisitionNumber, VR.IS, 2);
            }));
    assertTwoAccepted(images);
  }

  @Test
  void repetitionsByTimeAreSeparateAcquisitions() {
    List<Attributes> images = Headers.stack();
    images.addAll(
        Headers.stack(
            (a, component, echo, slice) -> {
              a.setString(Tag.SOPInstanceUID, VR.UI, a.getString(Tag.SOPInstanceUID) + ".2");
              a.setString(Tag.SeriesInstanceUID, VR.UI, Headers.STUDY + ".2" + component.ordinal());
              a.setInt(Tag.SeriesNumber, VR.IS, 20 + component.ordinal());
              a.setString(Tag.AcquisitionTime, VR.TM, "101510.500");
            }));
    assertTwoAccepted(images);
  }

  @Test
  void repetitionsThatOnlyDifferBySeriesAreSeparateAcquisitions() {
    List<Attributes> images = Headers.stack();
    images.addAll(
        Headers.stack(
            (a, component, echo, slice) -> {
              a.setString(Tag.SOPInstanceUID, VR.UI, a.getString(Tag.SOPInstanceUID) + ".2");
              a.setString(Tag.SeriesInstanceUID, VR.UI, Headers.STUDY + ".2" + component.ordinal());
              a.setInt(Tag.SeriesNumber, VR.IS, 20 + component.ordinal());
            }));
    assertTwoAccepted(images);
  }

  @Test
  void temporalPositionsAreSeparateAcquisitions() {
    List<Attributes> images =
        Headers.stack((a, c, e, s) -> a.setInt(Tag.TemporalPositionIdentifier, VR.IS, 1));
    images.addAll(
        Headers.stack(
            (a, component, echo, slice) -> {
              a.setString(Tag.SOPInstanceUID, VR.UI, a.getString(Tag.SOPInstanceUID) + ".2");
              a.setInt(Tag.TemporalPositionIdentifier, VR.IS, 2);
            }));
    assertTwoAccepted(images);
  }

  @Test
  void acquisitionNumbersThatCountEchoesDoNotSplit() {
    List<Attributes> images =
        Headers.stack((a, c, echo, s) -> a.setInt(Tag.AcquisitionNumber, VR.IS, echo + 1));
    assertEquals(Outcome.ACCEPTED, Headers.verdict(images).outcome());
  }

  @Test
  void sameObjectTwiceIsOneObject() {
    List<Attributes> images = Headers.stack();
    List<Attributes> twice = new ArrayList<>(images);
    twice.addAll(Headers.stack());
    assertEquals(Headers.verdict(images), Headers.verdict(twice));
  }

  @Test
  void oneUidWithTwoContentsIsRefused() {
    List<Attributes> images = Headers.stack();
    Attributes other = new Attributes(images.get(5));
    other.setDouble(Tag.EchoTime, VR.DS, 17);
    images.add(other);
    assertCode(ReasonCode.UID_CONFLICT, Outcome.REFUSED, images);
  }

  @Test
  void copiesOfAnImageUnderAnotherUidArePlannedForComparison() {
    List<Attributes> images = Headers.stack();
    Attributes copy = new Attributes(images.get(5));
    copy.setString(Tag.SOPInstanceUID, VR.UI, "1.9.9");
    copy.setInt(Tag.InstanceNumber, VR.IS, 900);
    images.add(copy);
    Acquisition a = Headers.verdict(images);
    assertEquals(Outcome.ACCEPTED, a.outcome());
    assertEquals(
        List.of("1.9.9"),
        a.plan().orElseThrow().frames().stream()
            .filter(AcquisitionPlan.PlannedFrame::repeated)
            .map(AcquisitionPlan.PlannedFrame::sopInstanceUid)
            .toList());
  }

  @Test
  void uncorrectedTwinIsPreferredOverDistortionCorrectedOne() {
    List<Attributes> images = Headers.stack();
    images.addAll(
        Headers.stack(
            (a, component, echo, slice) -> {
              a.setString(Tag.SOPInstanceUID, VR.UI, a.getString(Tag.SOPInstanceUID) + ".2");
              a.setString(Tag.SeriesInstanceUID, VR.UI, Headers.STUDY + ".2" + component.ordinal());
              a.setInt(Tag.SeriesNumber, VR.IS, 2 + component.ordinal());
              String part = component == Component.PHASE ? "P" : "M";
              Headers.imageType(a, "ORIGINAL", "PRIMARY", part, "DIS2D");
            }));
    List<Acquisition> found = Headers.recognise(images);
    Acquisition accepted =
        found.stream().filter(a -> a.outcome() == Outcome.ACCEPTED).findFirst().orElseThrow();
    assertEquals(6, accepted.seriesNumber());
    assertEquals(
        2,
        found.stream()
            .filter(a -> a.reason().map(r -> r.code() == ReasonCode.SUPERSEDED).orElse(false))
            .count());
  }

  @Test
  void distortionCorrectedPhaseAloneIsAcceptedWithAWarning() {
    List<Attributes> images =
        Headers.stack(
            (a, c, e, s) ->
                Headers.imageType(
                    a, "ORIGINAL", "PRIMARY", c == Component.PHASE ? "P" : "M", "DIS3D"));
    Acquisition a = Headers.verdict(images);
    assertEquals(Outcome.ACCEPTED, a.outcome());
    assertTrue(a.notes().get(0).contains("distortion"), a.notes().toString());
  }

  @Test
  void orderOfArrivalDoesNotMatter() {
    List<Attributes> images = Headers.stack();
    images.addAll(
        Headers.stack(
            (a, component, echo, slice) -> {
              a.setString(Tag.SOPInstanceUID, VR.UI, a.getString(Tag.SOPInstanceUID) + ".2");
              a.setInt(Tag.AcquisitionNumber, VR.IS, 2);
            }));
    List<Acquisition> expected = Headers.recognise(images);
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(images, new Random(seed));
      assertEquals(expected, Headers.recognise(images));
    }
  }

  @Test
  void idDoesNotDependOnHowMuchHasArrived() {
    List<Attributes> images = Headers.stack();
    String id = Headers.verdict(images).id();
    Collections.shuffle(images, new Random(1));
    for (int arrived = 1; arrived < images.size(); arrived += 5) {
      List<String> ids =
          Headers.recognise(images.subList(0, arrived)).stream()
              .filter(a -> a.echoes() > 0)
              .map(Acquisition::id)
              .toList();
      assertEquals(List.of(id), ids);
    }
  }

  @Test
  void differentStacksOfOneProtocolHaveDifferentIds() {
    List<Attributes> images = Headers.stack();
    images.addAll(
        Headers.stack(
            (a, component, echo, slice) -> {
              a.setString(Tag.SOPInstanceUID, VR.UI, a.getString(Tag.SOPInstanceUID) + ".2");
              int series = CORONAL_SERIES + component.ordinal();
              a.setInt(Tag.SeriesNumber, VR.IS, series);
              a.setString(Tag.SeriesInstanceUID, VR.UI, Headers.STUDY + "." + series);
              a.setDouble(Tag.ImageOrientationPatient, VR.DS, 1, 0, 0, 0, 0, -1);
              a.setDouble(Tag.ImagePositionPatient, VR.DS, 0, 2.0 * slice, 0);
            }));
    assertTwoAccepted(images);
  }

  @Test
  void missingPhaseSeriesIsRefusedAndPhaseAloneToo() {
    List<Attributes> magnitude = Headers.stack(List.of(Component.MAGNITUDE), (a, c, e, s) -> {});
    List<Attributes> phase = Headers.stack(List.of(Component.PHASE), (a, c, e, s) -> {});
    assertCode(ReasonCode.MISSING_PHASE, Outcome.REFUSED, magnitude);
    assertCode(ReasonCode.MISSING_MAGNITUDE, Outcome.REFUSED, phase);
  }

  @Test
  void anEchoWithoutPhaseIsIncomplete() {
    List<Attributes> images = Headers.stack();
    images.removeIf(a -> a.getInt(Tag.SeriesNumber, 0) == 7 && a.getDouble(Tag.EchoTime, 0) == 10);
    assertCode(ReasonCode.MISSING_PHASE, Outcome.INCOMPLETE, images);
  }

  @Test
  void aMissingImageIsIncompleteWithItsCount() {
    List<Attributes> images = Headers.stack();
    images.remove(20);
    Acquisition a = assertCode(ReasonCode.MISSING_SLICE, Outcome.INCOMPLETE, images);
    assertEquals("1 of 96 images are missing.", a.reason().orElseThrow().sentence());
  }

  @Test
  void aSliceMissingEverywhereIsIncomplete() {
    List<Attributes> images = Headers.stack();
    images.removeIf(a -> a.getDoubles(Tag.ImagePositionPatient)[2] == 6);
    assertCode(ReasonCode.MISSING_SLICE, Outcome.INCOMPLETE, images);
  }

  @Test
  void announcedEchoesThatAreNotHereMakeItIncomplete() {
    List<Attributes> images =
        Headers.stack((a, c, e, s) -> a.setInt(Tag.EchoTrainLength, VR.IS, 4));
    assertCode(ReasonCode.INCOMPLETE, Outcome.INCOMPLETE, images);
  }

  @Test
  void announcedSlicesThatAreNotHereMakeItIncomplete() {
    List<Attributes> images =
        Headers.stack(
            (a, c, e, s) -> {
              a.setString(Tag.Manufacturer, VR.LO, "Philips");
              a.setInt("Philips Imaging DD 001", 0x20011018, VR.SL, 20);
              a.setInt("Philips Imaging DD 001", 0x20011014, VR.SL, 3);
            });
    assertCode(ReasonCode.MISSING_SLICE, Outcome.INCOMPLETE, images);
  }

  @Test
  void missingPartsOfAConcatenationMakeItIncomplete() {
    Attributes object = Headers.enhanced("1.2.3.4", 8, Headers.allFrames());
    object.setString(Tag.ConcatenationUID, VR.UI, "1.5");
    object.setInt(Tag.InConcatenationNumber, VR.US, 1);
    object.setInt(Tag.InConcatenationTotalNumber, VR.US, 2);
    assertCode(ReasonCode.INCOMPLETE, Outcome.INCOMPLETE, List.of(object));
  }

  private static void assertTwoAccepted(List<Attributes> images) {
    List<Acquisition> found = Headers.recognise(images);
    assertEquals(2, found.size(), found.toString());
    assertTrue(found.stream().allMatch(a -> a.outcome() == Outcome.ACCEPTED), found.toString());
    assertTrue(found.stream().allMatch(a -> a.sopInstanceUids().size() == 96));
    assertNotEquals(found.get(0).id(), found.get(1).id());
  }

  private static Acquisition assertCode(ReasonCode code, Outcome outcome, List<Attributes> images) {
    Acquisition a = Headers.verdict(images);
    assertEquals(code, a.reason().orElseThrow().code());
    assertEquals(outcome, a.outcome());
    return a;
  }

  private static void sameSeries(Attributes a, Component component, int echo, int slice) {
    a.setInt(Tag.SeriesNumber, VR.IS, 6);
    a.setString(Tag.SeriesInstanceUID, VR.UI, Headers.STUDY + ".6");
  }

  /** Magnitude, real and imaginary take turns by instance number in one series. */
  private static List<Attributes> geInterleaved(boolean privateData) {
    List<Component> parts = List.of(Component.MAGNITUDE, Component.REAL, Component.IMAGINARY);
    return Headers.stack(
        parts,
        (a, component, echo, slice) -> {
          sameSeries(a, component, echo, slice);
          Headers.imageType(a, "ORIGINAL", "PRIMARY", "OTHER");
          a.setString(Tag.Manufacturer, VR.LO, "GE MEDICAL SYSTEMS");
          int turn = parts.indexOf(component);
          int instance = 3 * (echo * Headers.SLICES + slice) + turn + 1;
          a.setInt(Tag.InstanceNumber, VR.IS, instance);
          a.setString(Tag.SOPInstanceUID, VR.UI, "1.7." + instance);
          if (privateData) {
            a.setInt("GEMS_PARM_01", 0x0043102F, VR.SS, turn == 0 ? 0 : turn + 1);
            a.setInt("GEMS_RELA_01", 0x0021104F, VR.SS, Headers.SLICES);
            a.setInt("GEMS_ACQU_01", 0x0019107E, VR.SS, 3);
          }
        });
  }
}
