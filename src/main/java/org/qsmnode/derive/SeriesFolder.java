package org.qsmnode.derive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.qsmnode.series.header.OwnIdentity;

/**
 * A folder that appears with all its files or not at all. Files are written and fsynced under a
 * temporary name, then the folder is renamed into place.
 */
final class SeriesFolder {

  private final Path target;
  private final Path temporary;
  private final List<String> names = new ArrayList<>();

  private SeriesFolder(Path target, Path temporary) {
    this.target = target;
    this.temporary = temporary;
  }

  /** Starts a folder {@code name} in {@code parent}; leftovers of an interrupted run go away. */
  static SeriesFolder create(Path parent, String name) throws IOException {
    Path temporary = parent.resolve("." + name + ".part");
    delete(temporary);
    Files.createDirectories(temporary);
    return new SeriesFolder(parent.resolve(name), temporary);
  }

  /** Writes one object in Explicit VR Little Endian. */
  void write(String name, Attributes image) throws IOException {
    Attributes meta =
        Attributes.createFileMetaInformation(
            image.getString(Tag.SOPInstanceUID),
            image.getString(Tag.SOPClassUID),
            UID.ExplicitVRLittleEndian);
    meta.setString(Tag.ImplementationClassUID, VR.UI, OwnIdentity.IMPLEMENTATION_CLASS_UID);
    meta.setString(Tag.ImplementationVersionName, VR.SH, OwnIdentity.IMPLEMENTATION_VERSION_NAME);
    try (FileChannel channel =
        FileChannel.open(
            temporary.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream buffered = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      DicomOutputStream out = new DicomOutputStream(buffered, UID.ExplicitVRLittleEndian);
      out.writeDataset(meta, image);
      out.flush();
      channel.force(true);
    }
    names.add(name);
  }

  /** Puts the folder into place instead of an earlier one, and returns its files in order. */
  List<Path> publish() throws IOException {
    sync(temporary);
    delete(target);
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    Path parent = target.toAbsolutePath().getParent();
    if (parent != null) {
      sync(parent);
    }
    return names.stream().map(target::resolve).toList();
  }

  /** Deletes a folder of files, if it exists. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
