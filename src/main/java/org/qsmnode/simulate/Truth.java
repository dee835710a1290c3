package org.qsmnode.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Nifti;
import org.qsmnode.volume.Volume;

/**
 * What a reconstruction should find, on the acquired grid.
 *
 * @param chiPpm susceptibility inside the mask with mean 0 there, 0 outside: the source of {@code
 *     fieldLocalPpm}
 * @param mask brain
 * @param fieldTotalPpm field of the whole head after shimming, what the phase encodes
 * @param fieldLocalPpm field of {@code chiPpm} alone
 * @param labels tissue numbers
 * @param chiHeadPpm susceptibility of the whole head relative to water
 */
public record Truth(
    Volume chiPpm,
    Mask mask,
    Volume fieldTotalPpm,
    Volume fieldLocalPpm,
    Volume labels,
    Volume chiHeadPpm) {

  /** Writes the volumes as gzipped NIfTI files into {@code directory}. */
  public void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Nifti.write(directory.resolve("chi_ppm.nii.gz"), chiPpm);
    Nifti.write(directory.resolve("mask.nii.gz"), mask);
    Nifti.write(directory.resolve("field_total_ppm.nii.gz"), fieldTotalPpm);
    Nifti.write(directory.resolve("field_local_ppm.nii.gz"), fieldLocalPpm);
    Nifti.write(directory.resolve("labels.nii.gz"), labels);
    Nifti.write(directory.resolve("chi_head_ppm.nii.gz"), chiHeadPpm);
  }
}
