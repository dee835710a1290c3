package org.qsmnode.route;

import org.qsmnode.app.Main;

/** The command {@code serve} in a process of its own, to be killed. */
public final class NodeMain {

  private NodeMain() {}

  public static void main(String[] arguments) {
    Main.main(new String[] {"serve", "--conf", arguments[0]});
  }
}
