package org.dcm4che3.io;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.dcm4che3.StandInOnly;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.util.ByteUtils;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Mutated data sets end in a data set or an IOException, soon and in little memory. How robust the
 * official library is, is its own affair.
 */
@StandInOnly
class FuzzTest {
  private static final int MUTANTS = 4000;
  private static final int MAX_BYTES_PER_MUTANT = 4_000_000;

  @ParameterizedTest
  @CsvSource({
    "explicit-le, " + UID.ExplicitVRLittleEndian + ", 1",
    "explicit-le-defined, " + UID.ExplicitVRLittleEndian + ", 2",
    "implicit-le, " + UID.ImplicitVRLittleEndian + ", 3",
    "explicit-be, " + UID.ExplicitVRBigEndian + ", 4"
  })
  void mutatedDataSetsAreReadOrRefused(String listing, String tsuid, long seed) {
    byte[] golden = GoldenDataSet.bytes(listing);
    Random random = new Random(seed);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutate(golden, random);
            check(mutant, tsuid, i);
          }
        });
  }

  @ParameterizedTest
  @CsvSource({UID.ImplicitVRLittleEndian + ", 5", UID.DeflatedExplicitVRLittleEndian + ", 6"})
  void mutatedFilesAreReadOrRefused(String tsuid, long seed) throws IOException {
    byte[] file = FileTest.file(GoldenDataSet.dataset(), tsuid);
    Random random = new Random(seed);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutate(file, random);
            check(mutant, null, i);
          }
        });
  }

  private static byte[] mutate(byte[] golden, Random random) {
    byte[] mutant = golden.clone();
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      int at = random.nextInt(mutant.length);
      switch (random.nextInt(5)) {
        case 0 -> mutant[at] = (byte) random.nextInt();
        case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        case 2 ->
            ByteUtils.intToBytesLE(
                random.nextBoolean() ? -1 : random.nextInt(),
                mutant,
                Math.min(at, mutant.length - 4));
        case 3 -> {
          int from = random.nextInt(mutant.length);
          int length = Math.min(random.nextInt(64), mutant.length - Math.max(at, from));
          System.arraycopy(mutant, from, mutant, at, length);
        }
        default -> mutant = java.util.Arrays.copyOf(mutant, Math.max(16, at));
      }
    }
    return mutant;
  }

  private static void check(byte[] mutant, String tsuid, int number) {
    AllocationMeter meter = new AllocationMeter();
    try (DicomInputStream in =
        tsuid == null
            ? new DicomInputStream(new ByteArrayInputStream(mutant))
            : new DicomInputStream(new ByteArrayInputStream(mutant), tsuid)) {
      use(in.readDataset());
    } catch (IOException expected) {
      assertTrue(meter.bytes() < MAX_BYTES_PER_MUTANT, number + " allocated " + meter.bytes());
    } catch (RuntimeException | StackOverflowError e) {
      fail("mutant " + number, e);
    }
    assertTrue(meter.bytes() < MAX_BYTES_PER_MUTANT, number + " allocated " + meter.bytes());
  }

  /** What a reader of any data set does with it. */
  private static void use(Attributes ds) throws IOException {
    for (int tag : ds.tags()) {
      VR vr = ds.getVR(tag);
      if (vr == VR.SQ || vr == VR.UN) {
        ds.getSequence(tag);
      }
      ds.getString(tag);
      ds.getStrings(tag);
      ds.getInts(tag);
      ds.getDoubles(tag);
    }
    ds.getInt(Tag.InstanceNumber, 0);
    Attributes copy = new Attributes(ds);
    copy.setSpecificCharacterSet("ISO_IR 192");
    GoldenDataSetTest.write(copy, UID.ExplicitVRBigEndian, GoldenDataSet.DEFINED);
  }
}
