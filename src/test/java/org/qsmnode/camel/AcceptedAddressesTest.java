package org.qsmnode.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptedAddressesTest {

  @Test
  void networksAndSingleAddressesAreTold() throws Exception {
    List<String> list = List.of("10.1.0.0/16", "192.0.2.7", "2001:db8::/33");
    for (String inside : List.of("10.1.255.1", "192.0.2.7", "2001:db8:7fff::1")) {
      assertEquals(true, accepts(list, inside), inside);
    }
    for (String outside :
        List.of("10.2.0.1", "192.0.2.8", "2001:db8:8000::1", "127.0.0.1", "::ffff:1")) {
      assertEquals(false, accepts(list, outside), outside);
    }
  }

  @Test
  void withoutAListEverybodyIsAccepted() throws Exception {
    assertEquals(true, accepts(List.of(), "203.0.113.9"));
  }

  @Test
  void aNetworkOfNoBitsIsEverybodyOfThatKind() throws Exception {
    assertEquals(true, accepts(List.of("0.0.0.0/0"), "203.0.113.9"));
    assertEquals(false, accepts(List.of("0.0.0.0/0"), "2001:db8::1"));
  }

  @Test
  void namesAndNonsenseAreRefused() {
    for (String wrong : List.of("localhost", "10.0.0.0/33", "10.0.0.0/x", "1.2.3.4.5", "")) {
      assertThrows(
          IllegalArgumentException.class, () -> new AcceptedAddresses(List.of(wrong)), wrong);
    }
  }

  private static boolean accepts(List<String> list, String address) throws Exception {
    return new AcceptedAddresses(list).accepts(InetAddress.getByName(address));
  }
}
