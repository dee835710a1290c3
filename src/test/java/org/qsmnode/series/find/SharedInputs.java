package org.qsmnode.series.find;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.qsmnode.series.header.IndexedInstance;
import org.qsmnode.series.header.InstanceReader;
import org.qsmnode.series.header.RefusedException;

/** Finds real inputs beside the project and indexes folders of them. */
public final class SharedInputs {

  private SharedInputs() {}

  /** Objects of a folder and where they lie. */
  public record Folder(List<IndexedInstance> instances, Map<String, Path> files) {

    public Path file(String sopInstanceUid) {
      return java.util.Objects.requireNonNull(files.get(sopInstanceUid));
    }
  }

  private static final Map<String, Folder> INDEXED = new HashMap<>();

  public static synchronized Folder index(String name) throws IOException, RefusedException {
    Folder folder = INDEXED.get(name);
    if (folder == null) {
      folder = index(folder(name));
      INDEXED.put(name, folder);
    }
    return folder;
  }

  static Path folder(String name) {
    Path folder = Path.of(System.getProperty("qsmnode.sharedData", "../shared/data"), name);
    assumeTrue(Files.isDirectory(folder), "real inputs absent: " + folder);
    return folder;
  }

  public static Folder index(Path folder) throws IOException, RefusedException {
    List<IndexedInstance> instances = new ArrayList<>();
    Map<String, Path> files = new HashMap<>();
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path path : paths) {
      String name = path.getFileName().toString();
      if (name.startsWith("LICENSE") || name.endsWith(".md")) {
        continue;
      }
      IndexedInstance instance = InstanceReader.index(path);
      instances.add(instance);
      files.put(instance.sopInstanceUid(), path);
    }
    return new Folder(instances, files);
  }
}
