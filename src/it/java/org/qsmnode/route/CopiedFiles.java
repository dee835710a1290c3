package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a destination that is a folder holds, asked also while the node copies into it. */
final class CopiedFiles {

  private CopiedFiles() {}

  /**
   * The DICOM files of all series. Files are told by their names: reading the attributes of one
   * that is just being renamed, as {@link Files#walk} does, would fail.
   */
  static List<Path> in(Path disk) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(disk)) {
      for (Path series : listed(disk)) {
        for (Path file : listed(series)) {
          if (file.toString().endsWith(".dcm")) {
            files.add(file);
          }
        }
      }
    }
    return files;
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.toList();
    }
  }
}
