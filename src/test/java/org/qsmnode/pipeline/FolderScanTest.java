package org.qsmnode.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.numeric.Progress;
import org.qsmnode.series.header.IndexedInstance;
import org.qsmnode.series.header.ReasonCode;

class FolderScanTest {

  @TempDir Path folder;

  private Path write(String name, String study, String instance, Consumer<Attributes> change)
      throws IOException {
    Attributes a = new Attributes();
    a.setString(Tag.SOPClassUID, VR.UI, UID.MRImageStorage);
    a.setString(Tag.SOPInstanceUID, VR.UI, instance);
    a.setString(Tag.StudyInstanceUID, VR.UI, study);
    a.setString(Tag.SeriesInstanceUID, VR.UI, study + ".1");
    a.setInt(Tag.Rows, VR.US, 2);
    a.setInt(Tag.Columns, VR.US, 2);
    a.setBytes(Tag.PixelData, VR.OW, new byte[8]);
    change.accept(a);
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file);
        DicomOutputStream dicom = new DicomOutputStream(out, UID.ExplicitVRLittleEndian)) {
      dicom.writeDataset(a.createFileMetaInformation(UID.ExplicitVRLittleEndian), a);
    }
    return file;
  }

  private FolderScan scan() throws IOException {
    return FolderScan.of(folder, Progress.NONE);
  }

  @Test
  void objectsAreFoundByStudyInAllSubfolders() throws IOException {
    Path first = write("a/b/one", "1.2", "1.2.1.2", a -> {});
    write("two.dcm", "1.2", "1.2.1.1", a -> {});
    write("c/three", "1.3", "1.3.1.1", a -> {});
    FolderScan scan = scan();
    assertEquals(List.of("1.2", "1.3"), List.copyOf(scan.studies().keySet()));
    assertEquals(
        List.of("1.2.1.1", "1.2.1.2"),
        scan.studies().values().iterator().next().stream()
            .map(IndexedInstance::sopInstanceUid)
            .toList());
    assertEquals(first, scan.file("1.2.1.2"));
    assertEquals(3, scan.instances());
    assertThrows(IllegalArgumentException.class, () -> scan.file("1.9"));
  }

  @Test
  void otherFilesAreCountedAndDoNoHarm() throws IOException {
    write("one", "1.2", "1.2.1.1", a -> {});
    Files.writeString(folder.resolve("README.md"), "text ".repeat(1000));
    Files.write(folder.resolve("empty"), new byte[0]);
    Files.write(folder.resolve("zeros"), new byte[5000]);
    FolderScan scan = scan();
    assertEquals(3, scan.notDicom());
    assertEquals(1, scan.instances());
    assertEquals(List.of(), scan.unusable());
  }

  @Test
  void aBrokenDicomFileIsNamedWithItsReason() throws IOException {
    Path broken = write("sub/broken", "1.2", "1.2.1.1", a -> {});
    Files.write(broken, java.util.Arrays.copyOf(Files.readAllBytes(broken), 300));
    write("noUid", "1.2", "1.2.1.1", a -> a.remove(Tag.StudyInstanceUID));
    FolderScan scan = scan();
    assertEquals(
        List.of("noUid", "sub/broken"),
        scan.unusable().stream().map(FolderScan.UnusableFile::path).toList());
    assertEquals(ReasonCode.UNREADABLE, scan.unusable().get(0).reason().code());
    assertEquals(0, scan.notDicom());
  }

  @Test
  void aRepeatedObjectCountsOnceAndAChangedOneIsRefused() throws IOException {
    Path one = write("one", "1.2", "1.2.1.1", a -> {});
    Files.copy(one, folder.resolve("other"));
    FolderScan scan = scan();
    assertEquals(1, scan.duplicates());
    assertEquals(1, scan.instances());
    write(
        "two",
        "1.2",
        "1.2.1.1",
        a -> a.setBytes(Tag.PixelData, VR.OW, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
    FolderScan changed = scan();
    assertEquals(one, changed.file("1.2.1.1"));
    assertEquals(ReasonCode.UID_CONFLICT, changed.unusable().get(0).reason().code());
  }
}
