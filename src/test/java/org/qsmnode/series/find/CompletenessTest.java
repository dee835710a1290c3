package org.qsmnode.series.find;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.junit.jupiter.api.Test;
import org.qsmnode.series.header.Component;
import org.qsmnode.series.header.ReasonCode;

class CompletenessTest {

  private static final Instant FIRST = Instant.parse("2024-01-02T10:00:00Z");
  private static final Instant LAST = FIRST.plusSeconds(100);
  private static final Completeness COMPLETENESS =
      new Completeness(CompletenessSettings.defaults());

  private static Decision at(Acquisition a, boolean open, long secondsAfterLast) {
    return COMPLETENESS.decide(a, LAST, FIRST, open, LAST.plusSeconds(secondsAfterLast));
  }

  private static Acquisition counted() {
    return Headers.verdict(
        Headers.stack(
            (a, c, e, s) -> {
              a.setString(Tag.Manufacturer, VR.LO, "Philips");
              a.setInt("Philips Imaging DD 001", 0x20011018, VR.SL, 16);
              a.setInt("Philips Imaging DD 001", 0x20011014, VR.SL, 3);
            }));
  }

  @Test
  void announcedCountsNeedOnlyAShortQuietTimeEvenOnAnOpenAssociation() {
    Acquisition a = counted();
    assertTrue(a.countReached());
    assertEquals(Decision.waitUntil(LAST.plusSeconds(15)), at(a, true, 14));
    assertEquals(Decision.COMPLETE, at(a, true, 15));
  }

  @Test
  void withoutCountsTheStudyMustBeQuietAndTheAssociationClosed() {
    Acquisition a = Headers.verdict(Headers.stack());
    assertEquals(Decision.waitUntil(LAST.plusSeconds(120)), at(a, false, 20));
    assertEquals(Decision.COMPLETE, at(a, false, 120));
    assertEquals(Decision.Kind.WAIT, at(a, true, 130).kind());
    assertEquals(Optional.of(LAST.plusSeconds(145)), at(a, true, 130).until());
  }

  @Test
  void missingImagesAreWaitedForUntilTheHardLimit() {
    List<Attributes> images = Headers.stack();
    images.remove(3);
    Acquisition a = Headers.verdict(images);
    assertEquals(Decision.waitUntil(FIRST.plus(Duration.ofMinutes(60))), at(a, false, 600));
    Decision late = at(a, false, 3600);
    assertEquals(Decision.Kind.INCOMPLETE, late.kind());
    assertEquals(ReasonCode.MISSING_SLICE, late.reason().orElseThrow().code());
  }

  @Test
  void imagesStillArrivingAtTheHardLimitAreWaitedForAMoment() {
    List<Attributes> images = Headers.stack();
    images.remove(3);
    Acquisition a = Headers.verdict(images);
    Instant now = FIRST.plus(Duration.ofMinutes(61));
    Instant justNow = now.minusSeconds(2);
    assertEquals(
        Decision.waitUntil(justNow.plusSeconds(15)),
        COMPLETENESS.decide(a, justNow, FIRST, true, now));
  }

  @Test
  void phaseMayFollowMagnitudeSoARefusalWaits() {
    Acquisition a =
        Headers.verdict(Headers.stack(List.of(Component.MAGNITUDE), (x, c, e, s) -> {}));
    assertEquals(Decision.Kind.WAIT, at(a, false, 60).kind());
    assertEquals(Decision.COMPLETE, at(a, false, 120));
  }

  @Test
  void whatNoObjectCanHealIsAnsweredAtOnce() {
    Acquisition a =
        Headers.verdict(
            Headers.stack((x, c, e, s) -> x.setString(Tag.LossyImageCompression, VR.CS, "01")));
    assertEquals(Decision.COMPLETE, at(a, true, 0));
  }

  @Test
  void anAcquisitionThatNeverFallsQuietIsTakenAtTheHardLimit() {
    Acquisition a = Headers.verdict(Headers.stack());
    Instant now = FIRST.plus(Duration.ofMinutes(60));
    assertEquals(Decision.COMPLETE, COMPLETENESS.decide(a, now, FIRST, true, now));
  }

  @Test
  void lateImagesReopenAnAcquisitionUnderTheSameId() {
    List<Attributes> images = Headers.stack();
    List<Attributes> early = images.subList(0, 60);
    Acquisition before = Headers.verdict(early);
    Acquisition after = Headers.verdict(images);
    assertEquals(Outcome.INCOMPLETE, before.outcome());
    assertEquals(Outcome.ACCEPTED, after.outcome());
    assertEquals(before.id(), after.id());
  }
}
