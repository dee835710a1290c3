package org.qsmnode.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Which process it is, so that another on the same machine can know that it has ended.
 *
 * @param place boot of the machine and process namespace, within which a process number means one
 *     process; empty where the system does not say
 * @param pid process number
 * @param startedTicks when it started, in clock ticks since boot: a number that was given again
 *     belongs to a process with another start
 */
public record ProcessIdentity(String place, long pid, long startedTicks) {

  private static final Path PROC = Path.of("/proc");

  /** Words of {@code /proc/PID/stat} after the name: the state, and the start (proc(5), 22). */
  private static final int STATE = 0;

  private static final int START = 19;

  private static final long ENDED = -1;
  private static final long UNKNOWN = -2;

  /** This process. */
  public static ProcessIdentity own() {
    long pid = ProcessHandle.current().pid();
    return new ProcessIdentity(here(PROC), pid, startOf(PROC, pid));
  }

  /** True when the process has certainly ended; false when that cannot be known from here. */
  public boolean hasEnded() {
    return hasEnded(PROC);
  }

  boolean hasEnded(Path proc) {
    long started = place.isEmpty() || !place.equals(here(proc)) ? UNKNOWN : startOf(proc, pid);
    return started != UNKNOWN && started != startedTicks;
  }

  /** True when the process is alive on this machine, as far as this process can see. */
  public boolean isHere() {
    return !place.isEmpty() && place.equals(here(PROC)) && startOf(PROC, pid) == startedTicks;
  }

  private static String here(Path proc) {
    try {
      return Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(proc.resolve("self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  /** Start of a process, {@link #ENDED} where only its exit status is left. */
  private static long startOf(Path proc, long pid) {
    try {
      String stat = Files.readString(proc.resolve(Long.toString(pid)).resolve("stat"));
      String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return words[STATE].equals("Z") || words[STATE].equals("X")
          ? ENDED
          : Long.parseLong(words[START]);
    } catch (NoSuchFileException e) {
      return showsAll(proc) ? ENDED : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /** False where processes of other users may be hidden: {@code hidepid} of proc(5). */
  private static boolean showsAll(Path proc) {
    try {
      return Files.readAllLines(proc.resolve("self/mounts")).stream()
          .map(mount -> mount.split(" "))
          .filter(words -> words.length > 3 && words[2].equals("proc"))
          .flatMap(words -> Stream.of(words[3].split(",")))
          .filter(option -> option.startsWith("hidepid="))
          .allMatch(option -> option.equals("hidepid=0") || option.equals("hidepid=off"));
    } catch (IOException e) {
      return false;
    }
  }
}
