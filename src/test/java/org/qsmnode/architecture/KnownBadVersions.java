package org.qsmnode.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.versioning.DefaultArtifactVersion;
import org.apache.maven.artifact.versioning.InvalidVersionSpecificationException;
import org.apache.maven.artifact.versioning.VersionRange;

/** The list of library versions with a published weakness that the repository keeps. */
final class KnownBadVersions {

  private static final Path LIST = Path.of("src/test/resources/known-bad-versions.tsv");

  private final List<Weakness> weaknesses = new ArrayList<>();

  /**
   * A line of the list.
   *
   * @param library group and artifact with a colon between them
   */
  record Weakness(String library, List<VersionRange> affected, String advisory, String words) {

    boolean holds(String version) {
      DefaultArtifactVersion asked = new DefaultArtifactVersion(version);
      return affected.stream().anyMatch(range -> range.containsVersion(asked));
    }
  }

  KnownBadVersions() throws IOException {
    for (String line : Files.readAllLines(LIST)) {
      if (!line.startsWith("#")) {
        String[] columns = line.split("\t", -1);
        if (columns.length != 4) {
          throw new IOException("not four columns: " + line);
        }
        weaknesses.add(new Weakness(columns[0], ranges(columns[1]), columns[2], columns[3]));
      }
    }
  }

  private static List<VersionRange> ranges(String text) throws IOException {
    List<VersionRange> ranges = new ArrayList<>();
    for (String each : text.split(";", -1)) {
      try {
        ranges.add(VersionRange.createFromVersionSpec(each));
      } catch (InvalidVersionSpecificationException e) {
        throw new IOException("no range of versions: " + each, e);
      }
    }
    return ranges;
  }

  /** What the list says of one library version. */
  List<String> of(String library, String version) {
    return weaknesses.stream()
        .filter(weakness -> weakness.library().equals(library) && weakness.holds(version))
        .map(each -> "%s %s: %s, %s".formatted(library, version, each.advisory(), each.words()))
        .toList();
  }
}
