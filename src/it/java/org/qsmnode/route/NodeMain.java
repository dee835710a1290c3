package org.qsmnode.route;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.qsmnode.app.Node;

/** A node in a process of its own, to be killed; tells its port on standard output. */
public final class NodeMain {

  private NodeMain() {}

  public static void main(String[] arguments) throws Exception {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
      properties.load(reader);
    }
    Node node =
        new Node(
            NodeSettings.from(
                properties.stringPropertyNames().stream()
                    .collect(Collectors.toMap(Function.identity(), properties::getProperty))));
    Runtime.getRuntime().addShutdownHook(new Thread(node::close));
    node.start();
    System.out.println("PORT " + node.dicomPort());
    Thread.currentThread().join();
  }
}
