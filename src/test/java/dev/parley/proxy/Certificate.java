package dev.parley.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for the loopback that is made for one test and that only the test's clients trust.
 *
 * @param chain the certificate as PEM
 * @param key its private key as PEM
 * @param both the two in one file, as HAProxy wants them
 * @param clients trusts this certificate and no other
 */
record Certificate(Path chain, Path key, Path both, SSLContext clients) {
    private static final String NAME = "parley";
    private static final char[] PASSWORD = "not-secret".toCharArray();

    /** @param folder where its files may be */
    static Certificate make(Path folder) {
        Path store = folder.resolve("certificate.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String loopback = "san=ip:127.0.0.1,dns:localhost";
        ProxyProcess.run(List.of(
                keytool,
                "-genkeypair",
                "-alias",
                NAME,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                loopback,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD)));
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            Key key = keys.getKey(NAME, PASSWORD);
            String chainText = pem("CERTIFICATE", keys.getCertificate(NAME).getEncoded());
            String keyText = pem("PRIVATE KEY", key.getEncoded());
            return new Certificate(
                    Files.writeString(folder.resolve("chain.pem"), chainText),
                    Files.writeString(folder.resolve("key.pem"), keyText),
                    Files.writeString(folder.resolve("both.pem"), chainText + keyText),
                    trusting(keys));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext trusting(KeyStore keys) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry(NAME, keys.getCertificate(NAME));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static String pem(String kind, byte[] der) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }
}
