package org.qsmnode.camel;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dcm4che3.net.Association;

/**
 * Connections that have not asked for an association yet. Each holds a thread until it speaks or
 * the time for that is over. Where there are too many, the oldest one makes room. So a peer that
 * speaks at once gets in beside a flood, even from the address of the flood.
 */
final class SilentConnections {

  /** Several times what a busy gateway opens within the milliseconds before its requests come. */
  static final int MOST_PER_ADDRESS = 64;

  /** Below the 256 after which the library refuses everybody; three addresses can fill it. */
  static final int MOST = 3 * MOST_PER_ADDRESS;

  private final Map<SocketAddress, Connected> silent = new LinkedHashMap<>();

  private record Connected(Socket socket, InetAddress address) {}

  /**
   * Adds a connection.
   *
   * @return the one that has to be closed for it, empty while there is room
   */
  synchronized Optional<Socket> add(Socket socket) {
    if (!(socket.getRemoteSocketAddress() instanceof InetSocketAddress remote)) {
      return Optional.empty();
    }
    silent.values().removeIf(each -> each.socket().isClosed());
    Optional<Socket> oldest = oldestInTheWay(remote.getAddress());
    oldest.ifPresent(each -> silent.remove(each.getRemoteSocketAddress()));
    silent.put(remote, new Connected(socket, remote.getAddress()));
    return oldest;
  }

  private Optional<Socket> oldestInTheWay(InetAddress comer) {
    Map<InetAddress, Long> counts =
        silent.values().stream()
            .collect(Collectors.groupingBy(Connected::address, Collectors.counting()));
    if (counts.getOrDefault(comer, 0L) >= MOST_PER_ADDRESS) {
      return oldest(comer);
    }
    return silent.size() < MOST
        ? Optional.empty()
        : counts.entrySet().stream()
            .max(Comparator.comparing(Map.Entry::getValue))
            .flatMap(most -> oldest(most.getKey()));
  }

  private Optional<Socket> oldest(InetAddress address) {
    return silent.values().stream()
        .filter(each -> each.address().equals(address))
        .map(Connected::socket)
        .findFirst();
  }

  /** Forgets the connection of an association that was asked for. */
  synchronized void spoke(Association association) {
    silent.remove(association.getSocket().getRemoteSocketAddress());
  }
}
