package org.qsmnode.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.qsmnode.camel.StoreReport;
import org.qsmnode.store.Spool;

/**
 * Copies files into a folder that others watch. Each appears whole, under a temporary name first,
 * and is on the disk when it counts as stored. Whoever may read the folder may read the copies.
 */
final class SendToFolder {

  /** Files are read by others, but neither changed nor executed. */
  private static final Set<PosixFilePermission> NOT_FOR_FILES =
      EnumSet.of(
          PosixFilePermission.OWNER_EXECUTE,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private SendToFolder() {}

  /** Copies the files to {@code folder/group}, over earlier copies of the same. */
  static StoreReport send(List<Path> files, Path folder, String group) throws IOException {
    Path target = folder.resolve(group);
    Files.createDirectories(target);
    share(target, folder, false);
    List<StoreReport.Outcome> outcomes = new ArrayList<>();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      Path part = target.resolve("." + name + ".part");
      Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
      share(part, folder, true);
      Spool.force(part);
      Files.move(part, target.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      outcomes.add(new StoreReport.Outcome(name, 0));
    }
    Spool.force(target);
    Spool.force(folder);
    return new StoreReport(outcomes);
  }

  /** Gives a copy the permissions of the folder, without leave to execute if it is a file. */
  private static void share(Path copy, Path folder, boolean file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
    if (view == null || copy.equals(folder)) {
      return;
    }
    Set<PosixFilePermission> permissions = EnumSet.copyOf(view.readAttributes().permissions());
    if (file) {
      permissions.removeAll(NOT_FOR_FILES);
    }
    Files.setPosixFilePermissions(copy, permissions);
  }
}
