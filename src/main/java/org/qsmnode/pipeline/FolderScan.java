package org.qsmnode.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qsmnode.numeric.Progress;
import org.qsmnode.series.header.HeaderTooLargeException;
import org.qsmnode.series.header.IndexedInstance;
import org.qsmnode.series.header.InstanceReader;
import org.qsmnode.series.header.Reason;
import org.qsmnode.series.header.ReasonCode;
import org.qsmnode.series.header.RefusedException;
import org.qsmnode.series.header.SameObject;

/**
 * The DICOM objects below a folder, by study.
 *
 * @param studies instances by Study Instance UID, both in ascending order of UID
 * @param files file of each SOP Instance UID
 * @param notDicom files that are not DICOM
 * @param duplicates files that repeat an object with the same data set
 * @param unusable DICOM files that cannot be used, each with its reason
 */
public record FolderScan(
    SortedMap<String, List<IndexedInstance>> studies,
    Map<String, Path> files,
    int notDicom,
    int duplicates,
    List<UnusableFile> unusable) {

  private static final int PREAMBLE = 128;
  private static final byte[] MAGIC = {'D', 'I', 'C', 'M'};

  /** A DICOM file that cannot be used, by its path relative to the folder. */
  public record UnusableFile(String path, Reason reason) {}

  /** Reads the headers of all files below {@code folder}; links are not followed. */
  public static FolderScan of(Path folder, Progress progress) throws IOException {
    List<Path> candidates;
    try (Stream<Path> walk = Files.walk(folder)) {
      candidates = walk.filter(Files::isRegularFile).sorted().toList();
    }
    Collector collector = new Collector(folder);
    for (int i = 0; i < candidates.size(); i++) {
      collector.add(candidates.get(i));
      progress.at("scan", (i + 1.0) / candidates.size());
    }
    return collector.result();
  }

  /** Number of objects that were indexed. */
  public int instances() {
    return files.size();
  }

  /**
   * File of an object.
   *
   * @throws IllegalArgumentException if the folder does not hold it
   */
  public Path file(String sopInstanceUid) {
    Path file = files.get(sopInstanceUid);
    if (file == null) {
      throw new IllegalArgumentException("no file holds SOP instance " + sopInstanceUid);
    }
    return file;
  }

  private static final class Collector {

    private final Path folder;
    private final List<IndexedInstance> instances = new ArrayList<>();
    private final Map<String, Path> files = new TreeMap<>();
    private final List<UnusableFile> unusable = new ArrayList<>();
    private int notDicom;
    private int duplicates;

    Collector(Path folder) {
      this.folder = folder;
    }

    void add(Path file) throws IOException {
      IndexedInstance instance = index(file);
      if (instance == null) {
        return;
      }
      Path earlier = files.putIfAbsent(instance.sopInstanceUid(), file);
      if (earlier == null) {
        instances.add(instance);
      } else if (SameObject.inBoth(earlier, file)) {
        duplicates++;
      } else {
        instances.add(instance);
        refuse(file, Reason.of(ReasonCode.UID_CONFLICT));
      }
    }

    private @Nullable IndexedInstance index(Path file) throws IOException {
      try {
        return InstanceReader.index(file);
      } catch (RefusedException e) {
        if (hasMagic(file)) {
          refuse(file, e.reason());
        } else {
          notDicom++;
        }
        return null;
      } catch (HeaderTooLargeException e) {
        refuse(file, new Reason(ReasonCode.UNREADABLE, e.getMessage() + "."));
        return null;
      }
    }

    private void refuse(Path file, Reason reason) {
      unusable.add(new UnusableFile(folder.relativize(file).toString(), reason));
    }

    private static boolean hasMagic(Path file) throws IOException {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] head = in.readNBytes(PREAMBLE + MAGIC.length);
        return head.length == PREAMBLE + MAGIC.length
            && Arrays.equals(head, PREAMBLE, head.length, MAGIC, 0, MAGIC.length);
      }
    }

    FolderScan result() {
      SortedMap<String, List<IndexedInstance>> studies = new TreeMap<>();
      instances.sort(Comparator.comparing(IndexedInstance::sopInstanceUid));
      for (IndexedInstance instance : instances) {
        studies
            .computeIfAbsent(instance.studyInstanceUid(), uid -> new ArrayList<>())
            .add(instance);
      }
      return new FolderScan(studies, files, notDicom, duplicates, List.copyOf(unusable));
    }
  }
}
