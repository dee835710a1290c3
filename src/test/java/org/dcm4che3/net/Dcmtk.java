package org.dcm4che3.net;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of DCMTK as peers; a test is skipped where they are not installed. */
public final class Dcmtk {

  private static final int PATIENCE_SECONDS = 30;

  private Dcmtk() {}

  /** The place of a program. */
  public static Path program(String name) {
    for (String entry : System.getenv("PATH").split(File.pathSeparator)) {
      Path candidate = Path.of(entry, name);
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    assumeTrue(false, name + " of DCMTK is not installed");
    throw new IllegalStateException();
  }

  /** Starts a program that writes its log to {@code NAME.log} in a folder. */
  public static Process start(Path folder, String name, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program(name).toString()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name + ".log").toFile())
        .start();
  }

  /** Runs a program and returns its exit value. */
  public static int run(Path folder, String name, String... arguments) throws Exception {
    Process process = start(folder, name, List.of(arguments));
    try {
      assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), name + " does not end");
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** What a program wrote last. */
  public static String log(Path folder, String name) throws IOException {
    return Files.readString(folder.resolve(name + ".log"));
  }

  /** Starts an archive that answers any AE title and moves to one destination. */
  public static Process archive(
      Path folder, String aeTitle, int port, String destination, int destinationPort)
      throws Exception {
    Path configuration = folder.resolve("dcmqrscp.cfg");
    Path database = Files.createDirectory(folder.resolve("archive"));
    Files.writeString(
        configuration,
        """
        NetworkTCPPort = %d
        MaxPDUSize = 16384
        MaxAssociations = 16
        HostTable BEGIN
        there = (%s, 127.0.0.1, %d)
        HostTable END
        VendorTable BEGIN
        VendorTable END
        AETable BEGIN
        %s %s RW (20, 1024mb) ANY
        AETable END
        """
            .formatted(port, destination, destinationPort, aeTitle, database));
    Process process = start(folder, "dcmqrscp", List.of("-c", configuration.toString()));
    Node.eventually("dcmqrscp listens", () -> listens(port));
    return process;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends a program that runs on. */
  public static void stop(Process process) throws InterruptedException {
    process.destroy();
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }
}
