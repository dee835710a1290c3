package org.qsmnode.route;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.qsmnode.camel.AcceptedUsers;
import org.qsmnode.camel.DicomSecurity;

/** Reads passcodes from where they are kept; messages name the key and never hold a secret. */
final class Secrets {

  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";

  private Secrets() {}

  /**
   * A user, and the passcode if there is one.
   *
   * @param key what the names of both keys start with
   * @param name empty: no user
   * @param secret {@code env:NAME}, {@code file:PATH}, or empty for a user by name alone
   */
  static Optional<DicomSecurity.User> user(String key, String name, String secret) {
    if (name.isEmpty()) {
      if (!secret.isEmpty()) {
        throw new IllegalArgumentException(key + ".password needs " + key + ".user");
      }
      return Optional.empty();
    }
    return Optional.of(
        new DicomSecurity.User(
            name, secret.isEmpty() ? null : read(key + ".password", secret), false));
  }

  private static String read(String key, String secret) {
    if (secret.startsWith(ENVIRONMENT)) {
      String value = System.getenv(secret.substring(ENVIRONMENT.length()));
      if (value == null) {
        throw new IllegalArgumentException(key + " names an environment variable that is not set");
      }
      return value;
    }
    try {
      return EditedText.read(Path.of(secret.substring(FILE.length()))).strip();
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(key + " names a file that cannot be read", e);
    }
  }

  /**
   * The users of a file, {@code name=passcode} a line, where an empty passcode lets a user in by
   * name alone.
   *
   * @param file empty: identities are ignored
   */
  static Optional<AcceptedUsers> users(String key, String file) {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Properties users = new Properties();
    try {
      users.load(new StringReader(EditedText.read(Path.of(file))));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(key + " names a file that cannot be read", e);
    }
    if (users.isEmpty()) {
      throw new IllegalArgumentException(key + " names a file without users");
    }
    Map<String, String> passcodes = new HashMap<>();
    users.stringPropertyNames().forEach(name -> passcodes.put(name, users.getProperty(name)));
    return Optional.of(new AcceptedUsers(passcodes));
  }
}
