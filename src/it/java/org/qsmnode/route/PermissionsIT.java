package org.qsmnode.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qsmnode.camel.ScriptedScp;
import org.qsmnode.simulate.Vendor;

/** What a node that was started with the most generous umask leaves on the disk. */
class PermissionsIT {

  private static final Duration LONG = Duration.ofSeconds(120);
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  @TempDir Path folder;

  @Test
  void nothingOfWhatTheLauncherStartsIsOpenToOthers() throws Exception {
    Path shared = Files.createDirectory(folder.resolve("watched"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxr-x"));
    Map<String, String> settings = settings();
    settings.put("node.destination.pacs.folder", shared.toString());
    settings.put("node.results.nifti", "true");
    List<String> command = List.of("deploy/qsm-node", "serve", "--conf", write(settings));
    try (Running node = new Running(command)) {
      node.store(SmallStudy.files(Vendor.SIEMENS));
      Awaitility.await("delivery to the folder")
          .atMost(LONG)
          .until(() -> node.log().contains("DELIVERED"));
    }
    Path work = folder.resolve("work");
    for (String part : List.of("spool", "results", "broker", "audit")) {
      assertTrue(count(work.resolve(part)) > 0, part);
    }
    assertTrue(Files.exists(work.resolve("database.mv.db")));
    assertEquals(Map.of(), open(work));
    try (Stream<Path> files = Files.walk(shared)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertEquals(
            "rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
  }

  @Test
  void withoutTheLauncherNobodyGetsIntoTheFolders() throws Exception {
    Map<String, String> settings = settings();
    settings.put("node.spool.directory", folder.resolve("spool").toString());
    settings.put("node.results.directory", folder.resolve("results").toString());
    settings.put("node.audit.directory", folder.resolve("audit").toString());
    List<String> command =
        List.of(
            "java", "-Xmx1g", "-jar", "target/qsm-node.jar", "serve", "--conf", write(settings));
    try (Running node = new Running(command)) {
      node.store(SmallStudy.files(Vendor.SIEMENS).subList(0, 1));
    }
    for (String closed : List.of("work", "spool", "results", "audit")) {
      assertEquals(
          "rwx------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(closed))),
          closed);
    }
  }

  private Map<String, String> settings() throws IOException {
    Map<String, String> settings = TestSettings.in(folder);
    settings.put("node.dicom.port", Integer.toString(ScriptedScp.freePort()));
    settings.put("inversion.method", "tkd");
    return settings;
  }

  private String write(Map<String, String> settings) throws IOException {
    Path file = folder.resolve("node.properties");
    List<String> lines = new ArrayList<>();
    settings.forEach((key, value) -> lines.add(key + "=" + value));
    return Files.write(file, lines).toString();
  }

  private static Map<Path, String> open(Path root) throws IOException {
    Map<Path, String> open = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.toList()) {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.stream().anyMatch(OTHERS::contains)) {
          open.put(file, PosixFilePermissions.toString(permissions));
        }
      }
    }
    return open;
  }

  private static long count(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  /** A command under umask 000, until it accepts associations. */
  private final class Running implements AutoCloseable {

    private final Process process;
    private final Path log = folder.resolve("log");
    private final int port;

    Running(List<String> command) throws IOException {
      List<String> all = new ArrayList<>(List.of("sh", "-c", "umask 000; exec \"$@\"", "sh"));
      all.addAll(command);
      process =
          new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log.toFile()).start();
      Awaitility.await("start of the node")
          .atMost(LONG)
          .until(() -> !process.isAlive() || log().contains("accepts associations"));
      String text = log();
      port = Integer.parseInt(text.replaceAll("(?s).*on port ([0-9]+).*", "$1"));
    }

    String log() throws IOException {
      return Files.readString(log);
    }

    void store(List<Path> files) throws Exception {
      try (Sender sender = new Sender(port)) {
        files.forEach(sender::store);
      }
    }

    @Override
    public void close() throws Exception {
      process.destroy();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("the node did not stop");
      }
    }
  }
}
