package org.qsmnode.simulate.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.qsmnode.series.header.OwnIdentity;

/** Writes the data sets of a study as Part 10 files, with the faults that concern single files. */
final class StudyFiles implements VendorFormat.Sink {

  private final Path directory;
  private final StudySource study;
  private int count;

  StudyFiles(Path directory, StudySource study) {
    this.directory = directory;
    this.study = study;
  }

  @Override
  public void accept(Attributes dataset) throws IOException {
    if (study.has(Fault.LOSSY)) {
      dataset.setString(Tag.LossyImageCompression, VR.CS, "01");
      dataset.setString(Tag.LossyImageCompressionRatio, VR.DS, "10");
      dataset.setString(Tag.LossyImageCompressionMethod, VR.CS, "ISO_10918_1");
    }
    if (study.has(Fault.VERTICAL_FIELD)) {
      dataset.setString(Tag.Manufacturer, VR.LO, "Hitachi Medical Corporation");
      dataset.setString(Tag.ManufacturerModelName, VR.LO, "AIRIS Vento");
    }
    Path file = write(dataset);
    // The third file carries the faults: it is neither the first nor the last of its series.
    if (count == 3) {
      extra(dataset, file);
    }
  }

  private void extra(Attributes dataset, Path file) throws IOException {
    if (study.has(Fault.DUPLICATE_INSTANCE)) {
      Files.copy(file, next());
    }
    if (study.has(Fault.UID_CONFLICT)) {
      Attributes other = new Attributes(dataset);
      byte[] pixels = dataset.getSafeBytes(Tag.PixelData).clone();
      pixels[pixels.length / 2] ^= 1;
      other.setBytes(Tag.PixelData, VR.OW, pixels);
      write(other);
    }
    if (study.has(Fault.COPIED_INSTANCE)) {
      Attributes other = new Attributes(dataset);
      other.setString(Tag.SOPInstanceUID, VR.UI, study.uid("copy"));
      other.setInt(Tag.InstanceNumber, VR.IS, 9001);
      write(other);
    }
    if (study.has(Fault.TRUNCATED_FILE)) {
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length - bytes.length / 4));
    }
  }

  private Path next() {
    count++;
    return directory.resolve(String.format(Locale.ROOT, "%05d.dcm", count));
  }

  private Path write(Attributes dataset) throws IOException {
    Path file = next();
    Attributes meta =
        Attributes.createFileMetaInformation(
            dataset.getString(Tag.SOPInstanceUID),
            dataset.getString(Tag.SOPClassUID),
            study.options().transferSyntaxUid());
    meta.setString(Tag.ImplementationClassUID, VR.UI, OwnIdentity.IMPLEMENTATION_CLASS_UID);
    meta.setString(Tag.ImplementationVersionName, VR.SH, OwnIdentity.IMPLEMENTATION_VERSION_NAME);
    try (OutputStream raw = Files.newOutputStream(file);
        DicomOutputStream out = new DicomOutputStream(raw, UID.ExplicitVRLittleEndian)) {
      out.writeDataset(meta, dataset);
    }
    return file;
  }
}
