package org.qsmnode.series.find;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.qsmnode.series.header.IndexedInstance;
import org.qsmnode.series.header.ReasonCode;

/** Real objects do what the description beside them says. */
class RealInputsTest {

  private static final Recognition RECOGNITION = new Recognition(RecognitionSettings.defaults());

  @Test
  void philipsHeadIsAcceptedAndFlaggedAsShort() throws Exception {
    Acquisition head = only("philips-elition-brain-2echo-classic");
    assertEquals(Outcome.ACCEPTED, head.outcome());
    assertEquals(List.of(0.0023, 0.0046), head.echoTimesSeconds());
    assertEquals(53, head.slices());
    assertEquals(212, head.sopInstanceUids().size());
    assertTrue(head.countReached());
    assertTrue(head.notes().get(0).startsWith("Short echo train"), head.notes().toString());
  }

  @Test
  void siemensPhantomIsOneAcquisitionOverTwoSeriesButTooThin() throws Exception {
    Acquisition phantom = only("siemens-ve11-phantom-6echo");
    assertEquals(ReasonCode.TOO_FEW_SLICES, code(phantom));
    assertEquals(6, phantom.echoes());
    assertEquals(10, phantom.slices());
    assertEquals(2, phantom.seriesInstanceUids().size());
    assertEquals(120, phantom.sopInstanceUids().size());
    assertEquals(6, phantom.seriesNumber());
  }

  @Test
  void siemensPhantomIsAcceptedWhenTheMinimumIsLowered() throws Exception {
    List<IndexedInstance> instances = instances("siemens-ve11-phantom-6echo");
    RecognitionSettings thin = new RecognitionSettings(2, 10, List.of());
    List<Acquisition> found = new Recognition(thin).recognise(instances);
    assertEquals(1, found.size());
    assertEquals(Outcome.ACCEPTED, found.get(0).outcome());
    assertEquals(only("siemens-ve11-phantom-6echo").id(), found.get(0).id());
  }

  @Test
  void siemensXaFieldMapIsRefusedAsPhaseDifference() throws Exception {
    Acquisition map = only("siemens-xa30-fieldmap-enhanced");
    assertEquals(ReasonCode.PHASE_DIFFERENCE_ONLY, code(map));
    assertEquals(2, map.seriesInstanceUids().size());
  }

  @Test
  void siemensFieldMapZooIsRefusedPieceByPiece() throws Exception {
    List<Acquisition> zoo = RECOGNITION.recognise(instances("siemens-ve11-fieldmap-zoo"));
    assertEquals(List.of(2, 4, 5), zoo.stream().map(Acquisition::seriesNumber).toList());
    assertEquals(
        List.of(
            ReasonCode.PHASE_DIFFERENCE_ONLY,
            ReasonCode.PHASE_DIFFERENCE_ONLY,
            ReasonCode.MISSING_PHASE),
        zoo.stream().map(RealInputsTest::code).toList());
  }

  @Test
  void philipsReadyFieldMapIsRefused() throws Exception {
    assertEquals(ReasonCode.FIELD_MAP, code(only("philips-achieva-b0map-enhanced")));
  }

  @Test
  void foldersWithoutGradientEchoesAreRefusedOnce() throws Exception {
    List<Acquisition> found = RECOGNITION.recognise(instances("parametric-map-examples"));
    assertEquals(
        1,
        found.stream()
            .filter(a -> a.outcome() != Outcome.IGNORED)
            .filter(a -> code(a) == ReasonCode.NO_MULTI_ECHO_GRE)
            .count());
  }

  @Test
  void singleFilesOfOtherMakersAreNotAccepted() throws Exception {
    assertTrue(
        RECOGNITION.recognise(instances("vendor-header-templates")).stream()
            .noneMatch(a -> a.outcome() == Outcome.ACCEPTED));
  }

  @Test
  void orderOfArrivalDoesNotMatter() throws Exception {
    List<IndexedInstance> all = new ArrayList<>();
    all.addAll(instances("siemens-ve11-phantom-6echo"));
    all.addAll(instances("siemens-ve11-fieldmap-zoo"));
    all.addAll(instances("philips-elition-brain-2echo-classic"));
    List<Acquisition> expected = RECOGNITION.recognise(all);
    Collections.shuffle(all, new Random(7));
    assertEquals(expected, RECOGNITION.recognise(all));
  }

  @Test
  void idIsTheSameHoweverMuchHasArrived() throws Exception {
    for (String name :
        List.of("siemens-ve11-phantom-6echo", "philips-elition-brain-2echo-classic")) {
      List<IndexedInstance> all = new ArrayList<>(instances(name));
      String id = only(name).id();
      Collections.shuffle(all, new Random(3));
      for (int arrived = 1; arrived <= all.size(); arrived += 29) {
        List<Acquisition> found =
            RECOGNITION.recognise(all.subList(0, arrived)).stream()
                .filter(a -> a.echoes() > 0)
                .toList();
        assertEquals(List.of(id), found.stream().map(Acquisition::id).toList());
      }
    }
  }

  @Test
  void jsonKeepsEveryFactAndNoPatient() throws Exception {
    for (String name :
        List.of(
            "siemens-ve11-phantom-6echo",
            "philips-elition-brain-2echo-classic",
            "siemens-xa30-fieldmap-enhanced",
            "philips-achieva-b0map-enhanced",
            "vendor-header-templates")) {
      for (IndexedInstance instance : instances(name)) {
        String json = instance.toJson();
        assertEquals(instance, IndexedInstance.fromJson(json));
        assertTrue(!json.contains("Anonymous"), "patient name in the index");
      }
    }
  }

  private static List<IndexedInstance> instances(String name) throws Exception {
    return SharedInputs.index(name).instances();
  }

  private static Acquisition only(String name) throws Exception {
    List<Acquisition> found = RECOGNITION.recognise(instances(name));
    assertEquals(1, found.size(), found.toString());
    return found.get(0);
  }

  private static ReasonCode code(Acquisition acquisition) {
    return acquisition.reason().orElseThrow().code();
  }
}
