package org.qsmnode.derive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DerivedUidsTest {

  private static final DerivedUids UIDS = new DerivedUids("2.25");
  private static final String DIGEST = "0123456789abcdef".repeat(4);
  private static final DerivationIdentity IDENTITY =
      new DerivationIdentity("gaussian", "", "1.0", List.of(), DIGEST);
  private static final String OTHER_DIGEST = "f".repeat(64);
  private static final DerivedKind KIND = DerivedKind.MEAN;
  private static final List<String> SOURCES = List.of("1.2.3", "1.2.4");

  private static String series(
      String study, List<String> sources, DerivationIdentity identity, DerivedKind kind, int b) {
    return UIDS.series(study, sources, identity, kind, new byte[] {(byte) b});
  }

  private static DerivationIdentity by(ModelIdentity... models) {
    return new DerivationIdentity("gaussian", "", "1.0", List.of(models), DIGEST);
  }

  @Test
  void theSameInputsGiveTheSameUidAndAnyOtherInputAnother() {
    String uid = series("1.2", SOURCES, IDENTITY, DerivedKind.MEAN, 1);
    assertEquals(uid, series("1.2", SOURCES, IDENTITY, DerivedKind.MEAN, 1));
    ModelIdentity model = new ModelIdentity("pdi", "1", DIGEST);
    Set<String> all =
        new HashSet<>(
            List.of(
                uid,
                series("1.3", SOURCES, IDENTITY, DerivedKind.MEAN, 1),
                series("1.2", List.of("1.2.3"), IDENTITY, DerivedKind.MEAN, 1),
                series("1.2", SOURCES, IDENTITY, DerivedKind.STANDARD_DEVIATION, 1),
                series("1.2", SOURCES, IDENTITY, DerivedKind.MEAN, 2),
                series(
                    "1.2",
                    SOURCES,
                    new DerivationIdentity("tkd", "", "1.0", List.of(), DIGEST),
                    DerivedKind.MEAN,
                    1),
                series(
                    "1.2",
                    SOURCES,
                    new DerivationIdentity("gaussian", "", "1.1", List.of(), DIGEST),
                    DerivedKind.MEAN,
                    1),
                series("1.2", SOURCES, by(model), KIND, 1),
                series("1.2", SOURCES, by(model, model), KIND, 1),
                series("1.2", SOURCES, by(new ModelIdentity("pdi", "1", OTHER_DIGEST)), KIND, 1),
                series(
                    "1.2",
                    SOURCES,
                    new DerivationIdentity("gaussian", "", "1.0", List.of(), OTHER_DIGEST),
                    DerivedKind.MEAN,
                    1),
                UIDS.instance(uid, 0),
                UIDS.instance(uid, 1)));
    assertEquals(13, all.size());
  }

  @Test
  void aUidIsAVersion8UuidInDecimalBelowTheRoot() {
    for (int slice = 0; slice < 200; slice++) {
      String uid = UIDS.instance("1.2.3", slice);
      assertTrue(uid.startsWith("2.25."));
      assertTrue(uid.length() <= 44);
      BigInteger uuid = new BigInteger(uid.substring(5));
      assertEquals(uid.substring(5), uuid.toString());
      assertEquals(8, uuid.shiftRight(76).intValue() & 0xf);
      assertEquals(2, uuid.shiftRight(62).intValue() & 0x3);
    }
  }

  @Test
  void aRegisteredRootIsUsedAndABadOneRefused() {
    assertTrue(new DerivedUids("1.2.826.0.1").instance("1.2", 0).startsWith("1.2.826.0.1."));
    for (String bad : List.of("", "2.25.", "1.02", "a.b", "9.1", "1." + "1".repeat(40))) {
      assertThrows(IllegalArgumentException.class, () -> new DerivedUids(bad));
    }
  }
}
