package org.qsmnode.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.qsmnode.field.LocalField;
import org.qsmnode.inversion.Posterior;
import org.qsmnode.volume.Nifti;
import org.qsmnode.volume.Volume;

/**
 * NIfTI files of one acquisition: {@code magnitude, mask, field_total_hz, field_local_ppm,
 * field_sd_ppm, r2star_hz, chi_ppm, chi_sd_ppm, reliable}, all {@code .nii.gz}, free of NaN and
 * infinity. {@code reliable} is 1 where {@code chi_ppm} should be read.
 *
 * <p>A voxel inside the mask whose field carries no information has an infinite standard deviation.
 * There {@code field_sd_ppm} holds {@value #NO_INFORMATION_SD_PPM} ppm, which gives the voxel no
 * weight when the file is read again. Outside the mask it is 0.
 */
public final class NiftiFiles {

  /** Stands for an infinite standard deviation of the field. */
  public static final float NO_INFORMATION_SD_PPM = 1000;

  private NiftiFiles() {}

  /** Writes the field files into {@code folder}, which is made if needed. */
  public static void writeField(LocalField field, Path folder) throws IOException {
    Files.createDirectories(folder);
    Nifti.write(folder.resolve("magnitude.nii.gz"), field.magnitude());
    Nifti.write(folder.resolve("mask.nii.gz"), field.mask());
    Nifti.write(folder.resolve("field_total_hz.nii.gz"), field.totalHz());
    Nifti.write(folder.resolve("field_local_ppm.nii.gz"), field.localPpm());
    Nifti.write(folder.resolve("field_sd_ppm.nii.gz"), finite(field.sdPpm()));
    Nifti.write(folder.resolve("r2star_hz.nii.gz"), field.r2starHz());
  }

  /** Writes the susceptibility files into {@code folder}, which is made if needed. */
  public static void writeSusceptibility(Posterior posterior, Path folder) throws IOException {
    Files.createDirectories(folder);
    Nifti.write(folder.resolve("chi_ppm.nii.gz"), posterior.chiPpm());
    Path sd = folder.resolve("chi_sd_ppm.nii.gz");
    if (posterior.sdPpm().isPresent()) {
      Nifti.write(sd, posterior.sdPpm().get());
    } else {
      Files.deleteIfExists(sd);
    }
    Path reliable = folder.resolve("reliable.nii.gz");
    if (posterior.reliable().isPresent()) {
      Nifti.write(reliable, posterior.reliable().get());
    } else {
      Files.deleteIfExists(reliable);
    }
  }

  private static Volume finite(Volume sdPpm) {
    Volume finite = sdPpm.copy();
    float[] data = finite.data();
    for (int i = 0; i < data.length; i++) {
      if (!(data[i] <= NO_INFORMATION_SD_PPM)) {
        data[i] = NO_INFORMATION_SD_PPM;
      }
    }
    return finite;
  }
}
