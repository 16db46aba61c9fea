#include "kiosk/dmp/codes.hpp"

namespace dmp {

std::vector<NamedRelationship> default_relationships() {
    std::vector<NamedRelationship> named;
    for (auto const& [id, code] : codes::relationships)
        named.push_back(
            {std::string{id},
             {std::string{code.code}, std::string{code.system}, std::string{code.display}}});
    return named;
}

}  // namespace dmp
