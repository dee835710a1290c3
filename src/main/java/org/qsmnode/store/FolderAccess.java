package org.qsmnode.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may enter the folders of a node besides the superuser. A folder that others cannot enter
 * keeps them from every file below it, whatever mode a library gave that file.
 */
public enum FolderAccess {
  /** The node's user alone. */
  OWNER("rwx------"),
  /** The node's user and group, for nodes of several users on one spool. */
  GROUP("rwxrwx---");

  private static final Logger LOG = LoggerFactory.getLogger(FolderAccess.class);

  private final Set<PosixFilePermission> permissions;

  FolderAccess(String permissions) {
    this.permissions = PosixFilePermissions.fromString(permissions);
  }

  /**
   * Makes a folder with its parents, or closes one that is there, regardless of the process's
   * umask. A folder of another user cannot be closed: the log says so if it is open.
   *
   * @throws IOException if it cannot be made
   */
  public void open(Path folder) throws IOException {
    Files.createDirectories(folder);
    PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
    if (view == null || view.readAttributes().permissions().equals(permissions)) {
      return;
    }
    try {
      view.setPermissions(permissions);
    } catch (IOException e) {
      Set<PosixFilePermission> beyond = EnumSet.copyOf(view.readAttributes().permissions());
      beyond.removeAll(permissions);
      if (!beyond.isEmpty()) {
        LOG.warn(
            "{} belongs to another user and is open to others: {}",
            folder,
            PosixFilePermissions.toString(beyond));
      }
    }
  }
}
