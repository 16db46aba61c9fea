#include "kiosk/desk/configuration.hpp"

#include <ctime>
#include <sstream>
#include <string_view>

namespace desk {

namespace {

// The day of a desk must not end while somebody works or tests at it.
std::string half_a_day_from_now() {
    auto const now = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&now, &local);
    auto const hour = (local.tm_hour + 12) % 24;
    return (hour < 10 ? "0" : "") + std::to_string(hour) + ":00";
}

}  // namespace

std::string authors_toml(std::string_view pin_hash) {
    std::ostringstream text;
    text << "[[authors]]\n"
         << "id = \"" << author_id << "\"\n"
         << R"toml(family_name = "TEST"
given_name = "AGENT"
structure_id = "10B0000000"
structure_name = "STRUCTURE DE TEST"
)toml";
    if (!pin_hash.empty()) text << "pin_hash = \"" << pin_hash << "\"\n";
    return text.str();
}

std::string kiosk_toml(Site const& site) {
    std::ostringstream text;
    text << "[kiosk]\nid = \"" << kiosk_id << "\"\nenvironment = \"" << site.environment << "\"\n"
         << R"toml(
[software]
oid = "1.2.250.1.999.1.1.1"
name = "BORNE DMP (BUREAU)"

[reader]
name = "Virtual PCD 00 00"

[keys]
signing_key = "keys/kiosk-signing.key"
signing_certificate = "keys/kiosk-signing.pem"
receiver_certificate = "keys/receiver.pem"

[spooler]
socket = "spooler.sock"

[files]
authors = "authors.toml"
)toml"
         << "assets = \"" << site.assets.native() << "\"\n\n[screen]\nwidth = " << site.width
         << "\nheight = " << site.height << "\nx = 20\ny = 40\nmm_per_pixel = " << site.mm_per_pixel
         << "\nviewing_distance_mm = " << site.viewing_distance_mm << "\n\n[identity]\ncheck = \""
         << (site.identity_seen ? "identity seen" : "card only") << "\"\nstate = \"state\"\n"
         << R"toml(
[site]
help_place = "guichet 3, à votre gauche"
come_back_place = "à cette borne, à l’accueil de votre caisse ou en pharmacie"

[site.en]
help_place = "desk 3, on your left"
come_back_place = "here, at the desk of your health-insurance office or in a pharmacy"

[site.es]
help_place = "ventanilla 3, a su izquierda"
come_back_place = "aquí, en la ventanilla de su caja o en una farmacia"

[site.pt]
help_place = "balcão 3, à sua esquerda"
come_back_place = "aqui, no balcão da sua caixa ou numa farmácia"

[site.ar]
help_place = "الشباك 3، على يساركم"
come_back_place = "هنا، أو عند شباك صندوق التأمين، أو في الصيدلية"

[operator]
controller = "Caisse nationale de l’assurance maladie (essai)"
controller_address = "1 rue de l’Essai, 75000 Paris"
data_protection_contact = "dpo@example.org"

[links]
dmp = "https://www.dmp.fr/"
app = "https://www.dmp.fr/application"
)toml";
    return text.str();
}

std::string spooler_toml(Site const& site) {
    std::ostringstream text;
    text << R"toml(socket = "spooler.sock"
data = "spooler"
authors = "authors.toml"
)toml"
         << "closing_hour = \"" << half_a_day_from_now() << "\"\nkiosk = \"" << kiosk_id
         << "\"\n\n[intake]\nurl = \"https://127.0.0.1:" << site.intake_port << "\"\n"
         << R"toml(ca_certificate = "keys/intake-authority.pem"
client_key = "keys/kiosk-tls.key"
client_certificate = "keys/kiosk-tls.pem"
receipt_key = "keys/receipt.pub.pem"

[limits]
quota_mib = 256
ballast_mib = 1
)toml";
    return text.str();
}

std::string intake_toml(Site const& site) {
    std::ostringstream text;
    text << R"toml(node = "intake-desk"

[listen]
address = "127.0.0.1"
port_file = "intake.port"
)toml"
         << "port = " << site.intake_port << R"toml(

[tls]
certificate = "keys/intake-tls.pem"
key = "keys/intake-tls.key"
client_ca = "keys/kiosk-authority.pem"

[receipts]
key = "keys/receipt.key"

[store]
database = "intake/intake.db"
admin_socket = "intake.sock"
)toml";
    return text.str();
}

}  // namespace desk
