package org.qsmnode.camel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses that may open an association: single ones, or networks as {@code address/bits}. No
 * names are looked up.
 */
final class AcceptedAddresses {

  private final List<Network> networks = new ArrayList<>();

  private record Network(byte[] address, int bits) {

    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> bit % 8;
        if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Reads a list.
   *
   * @param texts none: every address is accepted
   * @throws IllegalArgumentException for a text that is no address or network
   */
  AcceptedAddresses(List<String> texts) {
    texts.forEach(text -> networks.add(network(text)));
  }

  private static Network network(String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    if (!host.matches("[0-9A-Fa-f:.]+")) {
      throw new IllegalArgumentException("not an address: " + text);
    }
    try {
      byte[] address = InetAddress.getByName(host).getAddress();
      int most = 8 * address.length;
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > most) {
        throw new IllegalArgumentException("a network has 0 to " + most + " bits: " + text);
      }
      return new Network(address, bits);
    } catch (UnknownHostException | NumberFormatException e) {
      throw new IllegalArgumentException("not an address or network: " + text, e);
    }
  }

  boolean accepts(InetAddress address) {
    return networks.isEmpty()
        || networks.stream().anyMatch(network -> network.contains(address.getAddress()));
  }
}
