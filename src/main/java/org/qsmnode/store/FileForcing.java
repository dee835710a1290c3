package org.qsmnode.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forces files of the spool that were written a while ago.
 *
 * <p>Many files are forced by one {@code sync -f}, the system call {@code syncfs} that Java lacks.
 * It writes them in the order of the disk and commits the file system's journal once, not once for
 * each file. Where there is no such program they are forced one by one.
 */
final class FileForcing {

  /** Up to this many files are forced one by one, sparing the rest of the file system. */
  private static final int FEW = 16;

  private static final long LONGEST_SYNC_MINUTES = 10;
  private static final Logger LOG = LoggerFactory.getLogger(FileForcing.class);

  private final Path root;
  private final String program;

  FileForcing(Path root) {
    this(root, "sync");
  }

  /**
   * A forcing of files below a folder.
   *
   * @param program takes {@code -f} and a path of the file system that it is to force
   */
  FileForcing(Path root, String program) {
    this.root = root;
    this.program = program;
  }

  /**
   * Forces files and the folders that they are in; one that is no longer there is left out.
   *
   * @param paths relative to the root
   */
  void force(Collection<String> paths) throws IOException {
    if (paths.size() <= FEW || !forceFileSystem()) {
      forceEach(paths);
    }
  }

  private boolean forceFileSystem() throws IOException {
    try {
      Process sync =
          new ProcessBuilder(program, "-f", root.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!sync.waitFor(LONGEST_SYNC_MINUTES, TimeUnit.MINUTES)) {
        sync.destroyForcibly();
        return false;
      }
      return sync.exitValue() == 0;
    } catch (IOException e) {
      LOG.debug("no program {}; files are forced one by one", program);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while files were forced", e);
    }
  }

  private void forceEach(Collection<String> paths) throws IOException {
    Set<Path> folders = new LinkedHashSet<>();
    for (String path : paths) {
      Path file = root.resolve(path);
      try {
        Spool.force(file);
      } catch (NoSuchFileException e) {
        continue; // deleted, or forced before it was put aside
      }
      for (Path folder = Spool.parentOf(file);
          !folder.equals(root);
          folder = Spool.parentOf(folder)) {
        folders.add(folder);
      }
    }
    for (Path folder : folders) {
      Spool.force(folder);
    }
  }
}
