package org.qsmnode.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.evaluate.Accuracy;
import org.qsmnode.numeric.Progress;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Nifti;
import org.qsmnode.volume.Volume;

/** One simulated head in the formats of six vendors gives one map, and it follows the truth. */
class SixVendorsIT {

  private static final Path TEST_DICOM = Path.of("test-dicom");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void sixVendorsGiveTheSameMapWithinRoundingAndItFollowsTheTruth() throws IOException {
    Volume reference = map("siemens");
    Mask inside = Mask.nonZero(reference);
    for (String vendor : new String[] {"siemens-xa", "ge", "philips", "philips-enhanced", "uih"}) {
      Volume other = map(vendor);
      Mask both = inside.and(Mask.nonZero(other));
      assertTrue(both.count() > 0.98 * inside.count(), vendor + " has another mask");
      double[] differencesPpb = differencesPpb(reference, other, both);
      assertEquals(0, differencesPpb[differencesPpb.length / 2], 1, vendor + ", median, ppb");
      assertEquals(0, differencesPpb[differencesPpb.length * 99 / 100], 5, vendor + ", 99 %, ppb");
    }
    Volume truth = Nifti.read(TEST_DICOM.resolve("truth/chi_ppm.nii.gz")).single();
    Mask brain = Mask.nonZero(Nifti.read(TEST_DICOM.resolve("truth/mask.nii.gz")).single());
    double correlation = Accuracy.of(reference, truth, inside.and(brain)).correlation();
    assertTrue(correlation > 0.8, "correlation with the truth " + correlation);
  }

  private Volume map(String vendor) throws IOException {
    Path out = folder.resolve(vendor);
    Reconstruction reconstruction =
        new Reconstruction(ReconstructionSettings.defaults(), "test", CLOCK);
    FolderResult result =
        new FolderReconstruction(reconstruction)
            .run(TEST_DICOM.resolve(vendor), out, true, Progress.NONE);
    assertEquals(1, result.reconstructed().size(), vendor);
    String id = result.reconstructed().get(0).acquisition().id();
    return Nifti.read(out.resolve("nifti").resolve(id).resolve("chi_ppm.nii.gz")).single();
  }

  private static double[] differencesPpb(Volume a, Volume b, Mask mask) {
    double[] differences = new double[mask.count()];
    int n = 0;
    for (int i = 0; i < mask.data().length; i++) {
      if (mask.data()[i]) {
        differences[n++] = 1000 * Math.abs(a.data()[i] - b.data()[i]);
      }
    }
    Arrays.sort(differences);
    return differences;
  }
}
